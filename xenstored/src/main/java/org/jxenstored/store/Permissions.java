package org.jxenstored.store;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jxenstored.protocol.Access;
import org.jxenstored.protocol.Permission;

/** A node's permission list: the owner first, whose letter is everybody's default (P-PERM-1). */
public final class Permissions implements Iterable<Grant> {
    /** A longer list is hardly there twice. */
    private static final int SHARED_MAX = 8;

    /** Each list is kept once: most nodes of a domain have the same. */
    private static final Sharing<Permissions> LISTS = new Sharing<>(4096);

    private final List<Grant> grants;
    private final long named;

    private Permissions(List<Grant> grants) {
        this.grants = grants;
        long all = DomidSet.EMPTY;
        for (Grant grant : grants) {
            all |= DomidSet.of(grant.domid());
        }
        this.named = all;
    }

    /** A list of at least one entry. */
    public static Permissions of(List<Grant> grants) {
        if (grants.isEmpty()) {
            throw new IllegalArgumentException("a permission list names an owner");
        }
        Permissions list = new Permissions(List.copyOf(grants));
        return grants.size() > SHARED_MAX ? list : LISTS.shared(list);
    }

    /** Owned by a domain, closed to all others: {@code n<domid>}. */
    public static Permissions ownedBy(int domid) {
        return of(List.of(Grant.of(new Permission(Access.NONE, domid))));
    }

    public int owner() {
        return grants.getFirst().domid();
    }

    /** What everybody without an entry of their own gets. */
    public Access defaultAccess() {
        return grants.getFirst().permission().access();
    }

    /** Number of entries. */
    public int size() {
        return grants.size();
    }

    /** The entry of this number; the owner's is 0. */
    Grant get(int number) {
        return grants.get(number);
    }

    /** The entries after the owner's. */
    public List<Grant> others() {
        return grants.subList(1, grants.size());
    }

    /** The same list with another owner; the letter stays (S-CREATE-3). */
    public Permissions withOwner(int domid) {
        if (owner() == domid) {
            return this;
        }
        List<Grant> changed = new ArrayList<>(grants);
        changed.set(0, Grant.of(new Permission(defaultAccess(), domid)));
        return of(changed);
    }

    /** The list without the entries after the owner's that name this domain (S-DEATH-3). */
    public Permissions without(int domid) {
        boolean none = others().stream().noneMatch(grant -> grant.domid() == domid);
        if (none) {
            return this;
        }
        List<Grant> kept = new ArrayList<>(grants.size());
        kept.add(grants.getFirst());
        others().stream().filter(grant -> grant.domid() != domid).forEach(kept::add);
        return of(kept);
    }

    /** Which domains the list names, roughly; a {@link DomidSet}. */
    long named() {
        return named;
    }

    @Override
    public Iterator<Grant> iterator() {
        return grants.iterator();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Permissions permissions && grants.equals(permissions.grants);
    }

    @Override
    public int hashCode() {
        return grants.hashCode();
    }

    @Override
    public String toString() {
        return grants.toString();
    }
}
