package org.jxenstored.it.life;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.jxenstored.protocol.Access;
import org.jxenstored.protocol.Domid;

/**
 * Who may do what in the store, told by unique ids: what was granted to a domain was granted to nobody else who ever
 * has its number (S-PERM-3, S-PERM-6, L-RACE-3).
 */
final class StoreRights {
    /** Whether a request must be granted. */
    enum Verdict {
        YES,
        NO,
        /** It depends on whether the daemon has heard of somebody's death. */
        EITHER
    }

    /**
     * A permission entry.
     *
     * @param meant unique id of the domain that had this number and lived when the entry was set; 0 if there was none
     */
    record Entry(Access access, int domid, long meant) {
        @Override
        public String toString() {
            return access.letter() + Integer.toString(domid);
        }
    }

    /**
     * A node.
     *
     * @param owner null for dom0
     * @param others what those get who have no entry
     */
    record Known(@Nullable Inhabitant owner, Access others, List<Entry> entries) {}

    private final Map<String, Known> nodes = new TreeMap<>();

    void set(String path, @Nullable Inhabitant owner, Access others, List<Entry> entries) {
        nodes.put(path, new Known(owner, others, List.copyOf(entries)));
    }

    List<String> paths() {
        return List.copyOf(nodes.keySet());
    }

    boolean has(String path) {
        return nodes.containsKey(path);
    }

    /** The owner of a node; null for dom0. */
    @Nullable
    Inhabitant ownerOf(String path) {
        Known node = nodes.get(path);
        return node == null ? null : node.owner();
    }

    /** The node and all below it are gone. */
    void remove(String path) {
        nodes.keySet().removeIf(each -> each.equals(path) || each.startsWith(path + "/"));
    }

    void clear() {
        nodes.clear();
    }

    /** A guest wrote to a path, which may have made the node (S-CREATE-2, S-CREATE-3). */
    void written(Inhabitant by, String path) {
        Known parent = nearest(path);
        if (!nodes.containsKey(path) && parent != null) {
            set(path, by, parent.others(), parent.entries());
        }
    }

    /** Nothing is owned by or granted to this domain any more (S-DEATH-2, S-DEATH-3). */
    void withdraw(Inhabitant from) {
        for (String path : paths()) {
            if (from.equals(ownerOf(path))) {
                remove(path);
            }
        }
        nodes.replaceAll((_, node) -> new Known(node.owner(), node.others(), without(node.entries(), from.domid())));
    }

    private static List<Entry> without(List<Entry> entries, int domid) {
        List<Entry> kept = new ArrayList<>(entries);
        kept.removeIf(entry -> entry.domid() == domid);
        return List.copyOf(kept);
    }

    private @Nullable Known nearest(String path) {
        String at = path;
        while (!at.isEmpty() && !nodes.containsKey(at)) {
            at = at.substring(0, at.lastIndexOf('/'));
        }
        return nodes.get(at);
    }

    Verdict mayRead(Inhabitant who, String path) {
        Known node = nodes.get(path);
        return node == null ? Verdict.NO : judge(who, node, false);
    }

    /** To write a missing node one must be allowed to write the nearest one above it (S-CREATE-1). */
    Verdict mayWrite(Inhabitant who, String path) {
        Known node = nearest(path);
        return node == null ? Verdict.NO : judge(who, node, true);
    }

    private static Verdict judge(Inhabitant who, Known node, boolean write) {
        @Nullable Inhabitant owner = node.owner();
        if (who.equals(owner)) {
            return Verdict.YES;
        }
        if (owner == null || owner.isAlive()) {
            return owner != null && owner.equals(who.target) ? Verdict.YES : byEntry(who, node, write);
        }
        // The node goes when the daemon hears of its owner's end.
        boolean target = owner.equals(who.target);
        return target || byEntry(who, node, write) != Verdict.NO ? Verdict.EITHER : Verdict.NO;
    }

    private static Verdict byEntry(Inhabitant who, Known node, boolean write) {
        for (Entry entry : node.entries()) {
            if (entry.domid() == Domid.ANY || entry.meant() == who.uniqueId()) {
                return verdict(entry.access(), write);
            }
            if (who.target != null && entry.meant() == who.target.uniqueId()) {
                // Its rights end with it, but only when the daemon hears of it.
                return who.target.isAlive() ? verdict(entry.access(), write) : Verdict.EITHER;
            }
        }
        return verdict(node.others(), write);
    }

    private static Verdict verdict(Access access, boolean write) {
        boolean granted = write ? access.grantsWrite() : access.grantsRead();
        return granted ? Verdict.YES : Verdict.NO;
    }
}
