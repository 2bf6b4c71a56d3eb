package org.jxenstored.sim.host;

import java.util.HashMap;
import java.util.Map;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.protocol.Errno;

/** Which pages of a domain others may map. All calls are made under the host's lock. */
final class GrantTable {
    private final SimDomain owner;
    private final Map<Integer, Grant> entries = new HashMap<>();

    private record Grant(int domid, GuestPage page) {}

    GrantTable(SimDomain owner) {
        this.owner = owner;
    }

    /** Lets that domain map the page by this reference. */
    void permit(int reference, int domid, GuestPage page) {
        entries.put(reference, new Grant(domid, page));
    }

    /** Forbids new mappings; those that exist go on (L-DRV-6). */
    void revoke(int reference) {
        entries.remove(reference);
    }

    /** The page of this reference: EINVAL if there is none, or not for this domain (L-RING-1). */
    GuestPage find(int reference, int domid) throws HypervisorException {
        Grant grant = entries.get(reference);
        if (grant == null || grant.domid() != domid) {
            throw new HypervisorException(
                    Errno.EINVAL,
                    "grant " + reference + " of domain " + owner.domid() + " does not let domain " + domid
                            + " map a page: seed it first");
        }
        return grant.page();
    }
}
