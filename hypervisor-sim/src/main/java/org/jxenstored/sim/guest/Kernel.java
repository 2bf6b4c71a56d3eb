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
}
