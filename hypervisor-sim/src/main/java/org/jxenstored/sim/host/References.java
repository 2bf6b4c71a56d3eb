package org.jxenstored.sim.host;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The reference count of one domain's object, with the reasons (lifecycle.md 10). Guarded by the host's lock. */
final class References {
    private final Set<Reference> held = new LinkedHashSet<>();
    private final Runnable lastOneGone;

    References(Runnable lastOneGone) {
        this.lastOneGone = lastOneGone;
    }

    /** One reason may be given only once. */
    void take(Reference reference) {
        if (!held.add(reference)) {
            throw new IllegalStateException("there is a reference as " + reference + " already");
        }
    }

    /** Lets go of one; does nothing if it is not there. */
    void drop(Reference reference) {
        if (held.remove(reference) && held.isEmpty()) {
            lastOneGone.run();
        }
    }

    List<Reference> list() {
        return List.copyOf(held);
    }
}
