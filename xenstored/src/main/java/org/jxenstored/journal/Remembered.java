package org.jxenstored.journal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jxenstored.domain.DomainImage;
import org.jxenstored.domain.Quotas;
import org.jxenstored.store.Generations;
import org.jxenstored.store.Tree;
import org.jxenstored.watch.WatchImage;

/** What was found in the files of an earlier daemon. */
public final class Remembered {
    private final TreeReplay tree;
    private final Map<Integer, DomainImage> domains = new TreeMap<>();
    private final Map<Integer, RingImage> rings = new TreeMap<>();
    private final Map<Integer, List<WatchImage>> watches = new HashMap<>();
    private Optional<Quotas> quotas = Optional.empty();
    private Optional<String> boot = Optional.empty();

    Remembered(Generations generations) {
        tree = new TreeReplay(generations);
    }

    TreeReplay tree() {
        return tree;
    }

    /** The store; empty if nothing was remembered. */
    public Optional<Tree> store() throws DamagedException {
        return tree.tree();
    }

    /** The quotas of new domains, if they were ever changed. */
    public Optional<Quotas> quotas() {
        return quotas;
    }

    /** Domains the store knew, by domid. */
    public Collection<DomainImage> domains() {
        return domains.values();
    }

    /** How far the server was with a domain's ring. */
    public Optional<RingImage> ring(int domid) {
        return Optional.ofNullable(rings.get(domid));
    }

    /** A guest's watches, in order of registration. */
    public List<WatchImage> watches(int domid) {
        return List.copyOf(watches.getOrDefault(domid, List.of()));
    }

    /** Which run of the machine it was; empty if that was not known. */
    Optional<String> boot() {
        return boot;
    }

    /** In another run of the machine no ring goes on. */
    void setBoot(String name) {
        if (boot.isPresent() && !boot.get().equals(name)) {
            rings.clear();
            watches.clear();
        }
        boot = Optional.of(name);
    }

    void setQuotas(Quotas now) {
        quotas = Optional.of(now);
    }

    /** Another one than before of the same number has nothing of it. */
    void put(DomainImage domain) {
        DomainImage before = domains.put(domain.domid(), domain);
        if (before != null && before.serial() != domain.serial()) {
            rings.remove(domain.domid());
            watches.remove(domain.domid());
        }
    }

    void forget(int domid) {
        domains.remove(domid);
        rings.remove(domid);
        watches.remove(domid);
    }

    void put(RingImage ring) {
        rings.put(ring.domid(), ring);
    }

    void put(RingStep step) throws DamagedException {
        RingImage before = rings.get(step.domid());
        if (before == null) {
            throw new DamagedException("the ring of domain " + step.domid() + " goes on and never began");
        }
        rings.put(step.domid(), before.after(step));
    }

    /** One that a later daemon took up is told of again. */
    void add(WatchImage watch) {
        List<WatchImage> all = watches.computeIfAbsent(watch.domid(), _ -> new ArrayList<>());
        if (!all.contains(watch)) {
            all.add(watch);
        }
    }

    void remove(WatchImage watch) {
        List<WatchImage> all = watches.getOrDefault(watch.domid(), List.of());
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).equals(watch)) {
                all.remove(i);
                return;
            }
        }
    }
}
