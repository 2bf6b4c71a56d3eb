package org.jxenstored.journal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.jxenstored.domain.DomainImage;
import org.jxenstored.domain.Quotas;
import org.jxenstored.engine.StateListener;
import org.jxenstored.store.Tree;
import org.jxenstored.watch.WatchImage;

/**
 * All that a snapshot is to hold, as it was at one moment. It is gathered by the thread that serves requests, which costs as
 * much as there are domains and watches; nodes stay in their tree. What it holds does not change, so another thread can
 * write it.
 */
final class SnapshotContents implements StateListener {
    private final Tree tree;
    private final Optional<String> boot;
    private final List<DomainImage> domains = new ArrayList<>();
    private final Map<Integer, List<WatchImage>> watches = new HashMap<>();
    private final Map<Integer, RingImage> rings = new HashMap<>();
    private Quotas quotas = Quotas.DEFAULTS;

    /** @param boot which run of the machine it is; empty if that is not known */
    SnapshotContents(Tree tree, Optional<String> boot) {
        this.tree = tree;
        this.boot = boot;
    }

    Tree tree() {
        return tree;
    }

    Optional<String> boot() {
        return boot;
    }

    Quotas quotas() {
        return quotas;
    }

    List<DomainImage> domains() {
        return domains;
    }

    /** The domain's watches, in order of registration. */
    List<WatchImage> watches(int domid) {
        return watches.getOrDefault(domid, List.of());
    }

    /** How far the server is with the domain's ring, or null if none is served. */
    @Nullable
    RingImage ring(int domid) {
        return rings.get(domid);
    }

    void add(RingImage ring) {
        rings.put(ring.domid(), ring);
    }

    @Override
    public void quotas(Quotas now) {
        quotas = now;
    }

    @Override
    public void domain(DomainImage domain) {
        domains.add(domain);
    }

    @Override
    public void watched(WatchImage watch) {
        watches.computeIfAbsent(watch.domid(), _ -> new ArrayList<>()).add(watch);
    }
}
