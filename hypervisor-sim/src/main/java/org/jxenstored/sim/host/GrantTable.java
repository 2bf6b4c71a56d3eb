package org.jxenstored.sim.host;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.protocol.Errno;

/** Which pages of a domain others may map. All calls are made under the host's lock. */
final class GrantTable {
    /** Entries below this one are reserved for what the toolstack seeds. */
    static final int FIRST_FREE = 8;

    /** Entries a table can have, as with 64 frames of version 1 entries. */
    private static final int ENTRIES = 32_768;

    private final DomainMemory memory;
    private final Map<Integer, Grant> entries = new HashMap<>();
    private final FreeNumbers references = new FreeNumbers(FIRST_FREE, ENTRIES - 1);

    private record Grant(int domid, GuestPage page, boolean takenForIt) {}

    GrantTable(DomainMemory memory) {
        this.memory = memory;
    }

    /** Lets that domain map the page by this reference. */
    void permit(int reference, int domid, GuestPage page) {
        revoke(reference);
        references.take(reference);
        entries.put(reference, new Grant(domid, page, false));
    }

    /** Takes a page of the domain's memory and lets that domain map it; returns the reference. */
    int permitNew(int domid) throws HypervisorException {
        OptionalInt reference = references.take();
        if (reference.isEmpty()) {
            throw new HypervisorException(
                    Errno.ENOSPC, "the grant table of " + memory.owner() + " is full: end a grant first");
        }
        try {
            entries.put(reference.getAsInt(), new Grant(domid, memory.take(), true));
        } catch (HypervisorException noMemory) {
            references.free(reference.getAsInt());
            throw noMemory;
        }
        return reference.getAsInt();
    }

    /** Forbids new mappings; those that exist go on (L-DRV-6). */
    void revoke(int reference) {
        Grant grant = entries.remove(reference);
        if (grant == null) {
            return;
        }
        references.free(reference);
        if (grant.takenForIt()) {
            memory.drop(grant.page());
        }
    }

    void revokeAll() {
        List.copyOf(entries.keySet()).forEach(this::revoke);
    }

    /** The page of this reference: EINVAL if there is none, or not for this domain (L-RING-1). */
    GuestPage find(int reference, int domid) throws HypervisorException {
        Grant grant = entries.get(reference);
        if (grant == null || grant.domid() != domid) {
            throw new HypervisorException(
                    Errno.EINVAL,
                    "grant " + reference + " of " + memory.owner() + " does not let domain " + domid
                            + " map a page: seed it first");
        }
        return grant.page();
    }
}
