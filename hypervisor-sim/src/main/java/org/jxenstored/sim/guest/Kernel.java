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
     * Has this run each time the kernel has dropped all watches of its connection, those of the programs too, after a
     * suspend; it must not block. A kernel that never suspends never does.
     */
    default void afterReset(Runnable work) {}
}
