package org.jxenstored.watch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.jxenstored.protocol.NodePath;
import org.jxenstored.protocol.SpecialPath;
import org.jxenstored.protocol.StorePath;
import org.jxenstored.store.Node;

/** All watches of all connections, and the one place that decides who is told of a change. */
public final class Watches {
    /** Watchers in the order of their creation, and each one's watches in that of their registration (S-MATCH-5). */
    static final Comparator<Watch> ORDER_OF_DELIVERY = Watches::compare;

    private final WatchTrie inTree = new WatchTrie();
    private final SpecialWatches special = new SpecialWatches();

    public void add(Watch watch) {
        switch (watch.path()) {
            case StorePath path -> inTree.add(path, watch);
            case SpecialPath path -> special.add(path, watch);
        }
    }

    public void remove(Watch watch) {
        switch (watch.path()) {
            case StorePath path -> inTree.remove(path, watch);
            case SpecialPath path -> special.remove(path, watch);
        }
    }

    /** Tells everybody concerned, change by change. */
    public void announce(List<Change> changes) {
        for (Change change : changes) {
            switch (change) {
                case Change.Touched(NodePath path, boolean exact, Supplier<List<Node>> visibleThrough) -> {
                    List<Watch> found = matching(path, exact);
                    if (!found.isEmpty()) {
                        tell(found, path.text(), visibleThrough.get());
                    }
                }
                case Change.DescendantsRemoved removed ->
                    inTree.visitRemoved(
                            removed, (path, node, parent, found) -> tell(found, path.text(), List.of(node, parent)));
            }
        }
    }

    private List<Watch> matching(NodePath path, boolean exact) {
        return switch (path) {
            case StorePath changed -> exact ? inTree.exactly(changed) : inTree.onOrAbove(changed);
            case SpecialPath changed -> special.onOrAbove(changed);
        };
    }

    /** Tells of a domain, in the flavour that names none (S-SPEC-3). */
    public void announcePlain(SpecialPath name, List<Node> visibleThrough) {
        tell(special.plain(name), name.text(), visibleThrough);
    }

    /** Tells of a domain, in the flavour that names it (S-SPEC-3). */
    public void announceDomain(SpecialPath name, int domid, List<Node> visibleThrough) {
        SpecialPath event = name.ofDomain(domid);
        tell(special.ofDomain(name, event), event.text(), visibleThrough);
    }

    /** The permission filter: once per watcher, not per watch (S-FILT-1). */
    private static void tell(List<Watch> found, String eventPath, List<Node> visibleThrough) {
        if (found.size() > 1) {
            found.sort(ORDER_OF_DELIVERY);
        }
        Watcher asked = null;
        boolean mayKnow = false;
        for (Watch watch : found) {
            Watcher watcher = watch.watcher();
            if (!watcher.equals(asked)) {
                asked = watcher;
                mayKnow = mayRead(watcher, visibleThrough);
            }
            if (mayKnow) {
                watcher.tell(watch, eventPath);
            }
        }
    }

    private static int compare(Watch one, Watch other) {
        int byWatcher = Long.compare(one.watcher().order(), other.watcher().order());
        return byWatcher != 0 ? byWatcher : Long.compare(one.order(), other.order());
    }

    private static boolean mayRead(Watcher watcher, List<Node> nodes) {
        for (Node node : nodes) {
            if (watcher.mayRead(node)) {
                return true;
            }
        }
        return false;
    }

    /** Every watch, in no particular order; for checks. */
    public List<Watch> all() {
        List<Watch> all = new ArrayList<>(inTree.all());
        all.addAll(special.all());
        return all;
    }
}
