package org.jxenstored.engine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jxenstored.domain.Domain;
import org.jxenstored.domain.Domains;
import org.jxenstored.domain.QuotaName;
import org.jxenstored.protocol.Access;
import org.jxenstored.protocol.Domid;
import org.jxenstored.protocol.NodePath;
import org.jxenstored.protocol.Permission;
import org.jxenstored.protocol.SpecialPath;
import org.jxenstored.protocol.StorePath;
import org.jxenstored.protocol.Value;
import org.jxenstored.store.Children;
import org.jxenstored.store.Generations;
import org.jxenstored.store.Grant;
import org.jxenstored.store.Node;
import org.jxenstored.store.Permissions;
import org.jxenstored.store.Tree;
import org.jxenstored.store.UseByDomain;
import org.jxenstored.transaction.Draft;
import org.jxenstored.watch.Change;
import org.jxenstored.watch.Watches;

/** The store of now: the one variable that holds the current tree, and what has to follow when it changes. */
public final class LiveStore {
    /** Bytes of heap put aside for each byte of an entry that is removed silently: some levels are copied for it. */
    private static final long COPIED_PER_BYTE = 1280;

    private final Generations generations;
    private final Domains domains;
    private final Watches watches;
    private final EngineTrace trace;
    private final Overwrites overwrites = new Overwrites();
    private Tree tree;
    private long putAside;

    LiveStore(Generations generations, Domains domains, Watches watches, EngineTrace trace, int privDomid) {
        this.generations = generations;
        this.domains = domains;
        this.watches = watches;
        this.trace = trace;
        this.tree = initial(privDomid);
        UseByDomain use = new UseByDomain();
        use.addSubtree(StorePath.ROOT, tree.root(), 1);
        book(use);
    }

    /** What there is before anybody asked (S-INIT-1). */
    private Tree initial(int privDomid) {
        Permissions closed = Permissions.ownedBy(privDomid);
        Permissions open = Permissions.of(List.of(
                Grant.of(new Permission(Access.NONE, privDomid)), Grant.of(new Permission(Access.READ, Domid.ANY))));
        Node xenstored = emptyNode(closed);
        Node tool = emptyNode(closed).withChildren(Children.none().with("xenstored", xenstored), generations.next());
        Node root = emptyNode(closed).withChildren(Children.none().with("tool", tool), generations.next());
        return new Tree(root, emptyNode(closed), emptyNode(open));
    }

    private Node emptyNode(Permissions permissions) {
        return Node.leaf(Value.EMPTY, permissions, generations.next());
    }

    public Tree tree() {
        return tree;
    }

    Overwrites overwrites() {
        return overwrites;
    }

    /** The store of an earlier daemon becomes that of now; nobody is told. */
    void restore(Tree earlier) {
        UseByDomain use = new UseByDomain();
        use.addSubtree(StorePath.ROOT, tree.root(), -1);
        use.addSubtree(StorePath.ROOT, earlier.root(), 1);
        replaceSilently(earlier, use);
    }

    Generations generations() {
        return generations;
    }

    /** A draft on the tree of now. */
    Draft draft() {
        return Draft.forRequest(tree, generations);
    }

    /** Makes a draft the store, books what owners use, and tells the watchers. */
    void install(Draft draft) {
        if (draft.isChanged()) {
            List<Change> changes = draft.changes();
            tree = draft.tree();
            overwrites.note(draft);
            putAside += draft.putAside();
            book(draft.useChange());
            if (trace.isOn()) {
                traceChanges(changes);
            }
            watches.announce(changes);
        }
    }

    /** As {@link #install}, for a tree that differs in nothing that watchers are told of. */
    void replaceSilently(Tree other, UseByDomain useChange) {
        tree = other;
        putAside += Math.max(0, -useChange.bytes()) * COPIED_PER_BYTE;
        book(useChange);
    }

    /** Bytes of heap put aside since the beginning: what belongs to earlier trees only, at most ({@link Draft#putAside}). */
    long putAside() {
        return putAside;
    }

    private void book(UseByDomain change) {
        change.forEach((domid, use) -> {
            Domain owner = domains.know(domid);
            trace.accounted(domid, "nodes", owner.gauge(QuotaName.NODES).value(), use.nodes(), false);
            trace.accounted(domid, "memory", owner.gauge(QuotaName.MEMORY).value(), use.bytes(), false);
            owner.gauge(QuotaName.NODES).add(use.nodes());
            owner.gauge(QuotaName.MEMORY).add(use.bytes());
        });
    }

    /** For the trace: a node was looked at. */
    void traceRead(NodePath path, Tree seen) {
        Node node = seen.find(path);
        trace.stored("read", path.text(), node == null ? 0 : node.size());
    }

    boolean isTraced() {
        return trace.isOn();
    }

    private void traceChanges(List<Change> changes) {
        for (Change change : changes) {
            if (change instanceof Change.Touched touched) {
                Node now = tree.find(touched.path());
                trace.stored(now == null ? "delete" : "store", touched.path().text(), now == null ? 0 : now.size());
            }
        }
    }

    /** Tells watchers of an introduction or release, without and with the domid (S-SPEC-3, S-SPEC-5). */
    void announce(SpecialPath name, int domid) {
        announcePlain(name);
        announceDomain(name, domid);
    }

    void announcePlain(SpecialPath name) {
        watches.announcePlain(name, visibility(name));
    }

    void announceDomain(SpecialPath name, int domid) {
        watches.announceDomain(name, domid, visibility(name));
    }

    /** Those who may read the special node or {@code /} (S-SPEC-6). */
    private List<Node> visibility(SpecialPath name) {
        Node special = tree.find(name);
        return special == null ? List.of(tree.root()) : List.of(special, tree.root());
    }

    /** What the owners use, counted from the tree itself; for checks. */
    Map<Integer, UseByDomain.Use> countedUse() {
        UseByDomain counted = new UseByDomain();
        counted.addSubtree(StorePath.ROOT, tree.root(), 1);
        Map<Integer, UseByDomain.Use> uses = new HashMap<>();
        counted.forEach(uses::put);
        return uses;
    }
}
