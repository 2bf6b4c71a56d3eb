package org.jxenstored.store;

import org.jxenstored.protocol.Access;
import org.jxenstored.protocol.Domid;

/**
 * What a caller may do with one node (semantics.md section 2).
 *
 * @param read see value, children and permissions
 * @param write change value and children, remove
 * @param own change permissions
 */
public record Rights(boolean read, boolean write, boolean own) {
    public static final Rights ALL = new Rights(true, true, true);

    private static Rights of(Access access) {
        return new Rights(access.grantsRead(), access.grantsWrite(), false);
    }

    /** The rights of the subject on the node. */
    public static Rights of(Subject subject, Node node, Births births) {
        if (subject.privileged()) {
            return ALL;
        }
        Permissions permissions = node.permissions();
        if (subject.isOrServes(permissions.owner()) || permissions.owner() == Domid.ANY) {
            return ALL;
        }
        for (int i = 1; i < permissions.size(); i++) {
            Grant grant = permissions.get(i);
            if (names(grant, subject) && !isStale(grant, node, births)) {
                return of(grant.permission().access());
            }
        }
        return of(permissions.defaultAccess());
    }

    private static boolean names(Grant grant, Subject subject) {
        return grant.domid() == Domid.ANY || subject.isOrServes(grant.domid());
    }

    private static boolean isStale(Grant grant, Node node, Births births) {
        return grant.stale() || (grant.domid() != Domid.ANY && !births.knownSince(grant.domid(), node.generation()));
    }

    /** True if all of the wanted rights are here. */
    public boolean include(Rights wanted) {
        return (read || !wanted.read) && (write || !wanted.write) && (own || !wanted.own);
    }

    /** True if at least one of the wanted rights is here. */
    public boolean includeAnyOf(Rights wanted) {
        return (read && wanted.read) || (write && wanted.write) || (own && wanted.own);
    }
}
