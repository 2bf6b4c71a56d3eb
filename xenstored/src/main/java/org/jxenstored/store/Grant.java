package org.jxenstored.store;

import org.jxenstored.protocol.Permission;

/**
 * An entry of a node's permission list.
 *
 * @param permission what the wire shows
 * @param stale true if its domain was unknown when it was set: it never grants anything (S-PERM-6a)
 */
public record Grant(Permission permission, boolean stale) {
    /** An entry that grants. */
    public static Grant of(Permission permission) {
        return new Grant(permission, false);
    }

    public int domid() {
        return permission.domid();
    }
}
