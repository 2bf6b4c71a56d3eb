package org.jxenstored.store;

/**
 * Who asks for access.
 *
 * @param domid the caller's domain
 * @param target the domain it was given as target, whose rights it shares (S-PERM-10), or {@link #NO_TARGET}
 * @param privileged true for the control domain, which may do everything (S-PERM-1)
 */
public record Subject(int domid, int target, boolean privileged) {
    public static final int NO_TARGET = -1;

    boolean isOrServes(int someDomid) {
        return domid == someDomid || (target == someDomid && target != NO_TARGET);
    }
}
