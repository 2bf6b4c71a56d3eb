package org.jxenstored.sim.host;

import java.util.BitSet;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.protocol.Domid;
import org.jxenstored.protocol.Errno;

/** Which domids are in use, and which one is next (lifecycle.md 3 step 2). */
final class DomidAllocator {
    /** Ids that automatic allocation walks through: 1 to this. */
    private static final int LAST = Domid.FIRST_RESERVED - 1;

    private final BitSet used = new BitSet(Domid.FIRST_RESERVED);
    private int lastAutomatic = Domid.DOM0;

    /** Takes this very id: EINVAL if no ordinary domain can have it (L-ID-1), EEXIST if it is in use. */
    int take(int domid) throws HypervisorException {
        if (!Domid.isOrdinary(domid)) {
            throw new HypervisorException(Errno.EINVAL, "domid " + domid + " cannot name a domain: use 0 to " + LAST);
        }
        if (used.get(domid)) {
            throw new HypervisorException(
                    Errno.EEXIST, "domid " + domid + " is in use, or its last owner is not freed yet");
        }
        used.set(domid);
        return domid;
    }

    /** The next free id after the last automatic one, wrapping to 1, never that one itself; EEXIST if there is none. */
    int takeNext() throws HypervisorException {
        int candidate = used.nextClearBit(lastAutomatic + 1);
        if (candidate > LAST) {
            candidate = used.nextClearBit(Domid.DOM0 + 1);
            if (candidate > LAST || candidate == lastAutomatic) {
                throw new HypervisorException(Errno.EEXIST, "all domids are in use: destroy a domain first");
            }
        }
        lastAutomatic = candidate;
        return take(candidate);
    }

    void free(int domid) {
        used.clear(domid);
    }
}
