package org.jxenstored.sim.guest;

import org.jxenstored.client.Endpoint;
import org.jxenstored.client.RingSignal;
import org.jxenstored.sim.host.SimDomain;

/**
 * A domain's end of its store event channel, as a client uses it.
 *
 * <p>One client at a time: the one that connected last hears the store. It hears it only while the domain runs.
 */
public record StoreRing(SimDomain domain) implements RingSignal {

    /** Where a client inside this domain, or in the kernel of dom0, finds the store. */
    public static Endpoint of(SimDomain domain) {
        return new Endpoint.Ring(domain.ringPage(), new StoreRing(domain));
    }

    @Override
    public void signalServer() {
        domain.signalStore();
    }

    @Override
    public void onServerSignal(Runnable listener) {
        domain.onStoreSignal(listener);
    }
}
