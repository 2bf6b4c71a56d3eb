package org.jxenstored.sim.host;

import java.util.ArrayList;
import java.util.List;

/**
 * The time between a domain's last reference and the end of its object, in which its id names nobody but cannot
 * be taken either (L-FREE-1). It ends by itself unless a test holds it.
 */
public final class GracePeriods {
    private final HostLock lock;
    private final List<Runnable> waiting = new ArrayList<>();
    private boolean held;

    GracePeriods(HostLock lock) {
        this.lock = lock;
    }

    /** From now on nothing is freed. */
    public void hold() {
        lock.run(() -> {
            held = true;
        });
    }

    /** Frees what waits, and goes on by itself. */
    public void release() {
        lock.run(() -> {
            held = false;
            waiting.forEach(lock::afterwards);
            waiting.clear();
        });
    }

    void then(Runnable free) {
        Runnable locked = () -> lock.run(free::run);
        if (held) {
            waiting.add(locked);
        } else {
            lock.afterwards(locked);
        }
    }
}
