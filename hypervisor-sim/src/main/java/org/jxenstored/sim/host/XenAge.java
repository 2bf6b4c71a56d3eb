package org.jxenstored.sim.host;

import org.jxenstored.protocol.Domid;

/** How old the simulated Xen is, where that makes a difference to a toolstack (L-CRE-1). */
public enum XenAge {
    /** 4.20 and older: a wanted domid of 0 means any. */
    BEFORE_4_21,
    /** 4.21: a wanted domid of 0 or {@link Domid#INVALID} means any. */
    AT_4_21,
    /** 4.22 and later: only {@link Domid#ANY} means any. */
    FROM_4_22;

    boolean meansAny(int domid) {
        return domid == Domid.ANY
                || (domid == Domid.DOM0 && this != FROM_4_22)
                || (domid == Domid.INVALID && this == AT_4_21);
    }
}
