package org.jxenstored.sim.host;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Notifications under the control of a test: each waits until it is delivered or lost. */
public final class ManualNotifications implements Executor {
    private final Deque<Runnable> waiting = new ArrayDeque<>();

    @Override
    public synchronized void execute(Runnable notification) {
        waiting.add(notification);
    }

    public synchronized int waiting() {
        return waiting.size();
    }

    /** Delivers all that wait and all that these cause; returns how many. */
    public int deliverAll() {
        int delivered = 0;
        for (Runnable next = poll(); next != null; next = poll()) {
            next.run();
            delivered++;
        }
        return delivered;
    }

    /** Loses all that wait; returns how many. */
    public int loseAll() {
        int lost = 0;
        for (Runnable next = poll(); next != null; next = poll()) {
            if (next instanceof Notification notification) {
                notification.lose();
            }
            lost++;
        }
        return lost;
    }

    private synchronized @Nullable Runnable poll() {
        return waiting.poll();
    }
}
