package org.jxenstored.hypervisor;

import java.util.Optional;

/** Maps the ring pages of other domains and of the daemon's own one. */
public interface RingMapper {
    /** The grant table entry that the toolstack seeds for the ring page (L-RING-1). */
    int GRANT_XENSTORE = 1;

    /** Instead of a frame number, where nobody introduced the guest to us: it can be mapped by grant only. */
    long NO_FRAME = 0;

    /**
     * Maps a guest's ring page: by grant {@link #GRANT_XENSTORE}, else by frame number where the hypervisor
     * lets us (L-RING-2).
     *
     * @param gfn the guest frame number that INTRODUCE gave, or {@link #NO_FRAME}
     * @throws HypervisorException with the errno that INTRODUCE answers (P-INTRO-4)
     */
    MappedRing map(int domid, long gfn) throws HypervisorException;

    /** The ring of the kernel in the daemon's own domain (S-RUN-3); empty if it has none. */
    Optional<OwnRing> ownRing() throws HypervisorException;
}
