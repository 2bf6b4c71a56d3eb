package org.jxenstored.sim.toolstack;

import java.time.Duration;
import org.jxenstored.client.NodeOperations;
import org.jxenstored.client.XenstoreClient;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.protocol.Domid;
import org.jxenstored.protocol.Value;
import org.jxenstored.sim.guest.Entrances;
import org.jxenstored.sim.guest.GuestKernel;
import org.jxenstored.sim.guest.Transactions;
import org.jxenstored.sim.host.SimHost;
import org.jxenstored.sim.time.SimTime;
import org.jxenstored.sim.timeline.Party;

/**
 * What every undertaking of a toolstack works with.
 *
 * @param host for hypercalls
 * @param store a privileged connection
 * @param records what is known of guests
 * @param entrances told of guests' kernels
 */
record Means(SimHost host, XenstoreClient store, Records records, Entrances entrances) {
    private static final String STORE_DOMID = "/tool/xenstored/domid";

    SimTime time() {
        return host.time();
    }

    /** Puts a kernel into a guest that does not run yet. */
    void load(GuestKernel kernel) throws HypervisorException {
        kernel.domain().load(kernel);
        entrances.open(kernel);
    }

    /** The domain that the store runs in, which rings and their event channels are made for (L-RING-1). */
    int storeDomid() {
        return store.readIfPresent(STORE_DOMID)
                .map(Value::text)
                .map(text -> Domid.parse(text).orElse(Domid.DOM0))
                .orElse(Domid.DOM0);
    }

    /** A part of a transaction. */
    @FunctionalInterface
    interface Change {
        void on(NodeOperations transaction);
    }

    /** Does it all or nothing; again if others were faster. */
    void inTransaction(Change change) {
        Transactions.run(store, time(), change::on);
    }

    /** Waits for something that others do. */
    Patience patience(Duration atMost) {
        return new Patience(time(), store, atMost);
    }

    /** A request to the store that matters for this guest's life. */
    void tellsStore(Guest guest, String what) {
        note(guest, Party.TOOLSTACK, Party.XENSTORED, what);
    }

    void note(Guest guest, Party from, Party to, String what) {
        host.timeline().note(guest.domain().uniqueId(), from, to, what);
    }
}
