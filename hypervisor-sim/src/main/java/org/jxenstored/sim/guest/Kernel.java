package org.jxenstored.sim.guest;

import java.util.Optional;
import org.jxenstored.client.XenstoreClient;
import org.jxenstored.sim.host.SimDomain;

/** The kernel of a domain, as far as others need it: it owns the domain's only way to the store. */
public interface Kernel {
    SimDomain domain();

    /**
     * The connection over the ring page, empty while there is none. It may be used by all programs of the domain, from
     * any thread.
     */
    Optional<XenstoreClient> store();

    /**
     * Has this called each time the kernel had the daemon drop all watches of the domain, at boot and after a suspend
     * (L-SUSP-7): it registers its own anew, its programs' watches are for others to renew. One listener at a time; it
     * must not block.
     */
    void onWatchesReset(Runnable listener);
}
