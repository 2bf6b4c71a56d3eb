package org.jxenstored.sim.host;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One page of a domain that is more than memory of its own: others can map it. Guarded by the host's lock. */
final class GuestPage {
    private final DomainMemory memory;
    private final long gfn;
    private final Set<Mapping> mappings = new LinkedHashSet<>();

    /** Null until somebody looks at it: most pages of devices are only mapped, never read. */
    private @Nullable HostPage ofHost;

    GuestPage(DomainMemory memory, long gfn) {
        this.memory = memory;
        this.gfn = gfn;
    }

    long gfn() {
        return gfn;
    }

    SimDomain owner() {
        return memory.owner();
    }

    /** Who maps it now. */
    Set<Mapping> mappings() {
        return mappings;
    }

    PageView view() {
        return new PageView(ofHost().bytes());
    }

    /** The machine frame number. */
    long frame() {
        return ofHost().frame();
    }

    private HostPage ofHost() {
        if (ofHost == null) {
            ofHost = memory.takeFromHost();
        }
        return ofHost;
    }

    void clear() {
        if (ofHost != null) {
            var _ = ofHost.bytes().fill((byte) 0);
        }
    }

    void mapped(Mapping mapping) {
        mappings.add(mapping);
    }

    void unmapped(Mapping mapping) {
        mappings.remove(mapping);
        if (mappings.isEmpty()) {
            memory.idle(this);
        }
    }

    /** The host has the page again; nobody may have a view of it. */
    void free() {
        if (ofHost != null) {
            memory.giveBackToHost(ofHost);
            ofHost = null;
        }
    }
}
