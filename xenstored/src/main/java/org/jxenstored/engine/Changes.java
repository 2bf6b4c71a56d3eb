package org.jxenstored.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.jxenstored.domain.Domain;
import org.jxenstored.domain.Domains;
import org.jxenstored.store.Tree;
import org.jxenstored.store.TreeDifference;
import org.jxenstored.watch.Watch;
import org.jxenstored.watch.WatchImage;

/**
 * What changed since somebody last asked, of all that must outlive the daemon.
 *
 * <p>Trees are immutable, so what changed is found by a comparison of two, which costs as much as what is different, or it
 * is what is known to lead from the one to the other ({@link Overwrites}). So nothing that changes the store can be forgotten
 * here.
 */
public final class Changes {
    private final LiveStore store;
    private final Domains domains;
    private final Map<Integer, Domain> changed = new LinkedHashMap<>();
    private final List<Consumer<ChangeListener>> watches = new ArrayList<>();

    /** The tree that was told of last; null if none was: not even what every store begins with is known then. */
    private @Nullable Tree told;

    private boolean quotasChanged;
    private boolean ignored;

    Changes(LiveStore store, Domains domains) {
        this.store = store;
        this.domains = domains;
        domains.observe(this::changed, () -> quotasChanged = true);
    }

    /** Nobody will take anything: nothing is noted from now on, else a guest could have that grow for ever. */
    public void ignore() {
        ignored = true;
        changed.clear();
        watches.clear();
    }

    /** The nodes of now are known: they came from there. */
    void nodesAreKnown() {
        told = store.tree();
    }

    private void changed(Domain domain) {
        if (!ignored) {
            changed.put(domain.domid(), domain);
        }
    }

    void watched(Watch watch, int domid) {
        if (!ignored) {
            WatchImage image = image(watch, domid);
            watches.add(listener -> listener.watched(image));
        }
    }

    void unwatched(Watch watch, int domid) {
        if (!ignored) {
            WatchImage image = image(watch, domid);
            watches.add(listener -> listener.unwatched(image));
        }
    }

    /** A watch that an earlier daemon knew is not in force any more. */
    public void lost(WatchImage watch) {
        watches.add(listener -> listener.unwatched(watch));
    }

    static WatchImage image(Watch watch, int domid) {
        return new WatchImage(domid, watch.path().text(), watch.token(), watch.depth(), watch.relative());
    }

    /** True if nothing changed. */
    public boolean isEmpty() {
        return store.tree().equals(told) && changed.isEmpty() && watches.isEmpty() && !quotasChanged;
    }

    /** Tells of all there is, but the nodes: as if it had changed. */
    public void tellAllButNodes(StateListener listener, Connections connections) {
        listener.quotas(domains.globalQuotas());
        domains.all().forEach(domain -> listener.domain(domain.image()));
        for (Connection connection : connections.all()) {
            if (connection.link() instanceof RingLink) {
                int domid = connection.domain().domid();
                connection.watches().forEach(watch -> listener.watched(image(watch, domid)));
            }
        }
    }

    /** Tells all of it, once. Domains come before nodes: a right counts only if its domain was known before. */
    public void take(ChangeListener listener) {
        if (quotasChanged) {
            listener.quotas(domains.globalQuotas());
        }
        changed.forEach((domid, domain) -> {
            if (domains.get(domid) == domain) {
                listener.domain(domain.image());
            } else {
                listener.forgotten(domid);
            }
        });
        watches.forEach(each -> each.accept(listener));
        takeNodes(listener);
        changed.clear();
        watches.clear();
        quotasChanged = false;
    }

    private void takeNodes(ChangeListener listener) {
        Tree now = store.tree();
        Overwrites overwrites = store.overwrites();
        if (told == null) {
            TreeDifference.all(now, listener);
        } else if (overwrites.leadTo(now)) {
            overwrites.list().forEach(each -> listener.overwritten(each.path(), each.value()));
        } else {
            TreeDifference.between(told, now, listener);
        }
        overwrites.beginAt(now);
        told = now;
    }
}
