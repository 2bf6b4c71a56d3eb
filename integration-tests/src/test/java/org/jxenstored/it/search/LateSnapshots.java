package org.jxenstored.it.search;

import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jxenstored.it.life.VirtualLoop;
import org.jxenstored.it.life.VirtualTime;

/**
 * Writes snapshots some at once, some later. So a daemon is also killed when there is none yet, or when it is older than two
 * journals.
 */
final class LateSnapshots implements Executor {
    /** How late the one after the other is, ms. The first is that of the very first daemon. */
    private static final int[] DELAYS = {300, 0, 1, 4000, 0};

    private final VirtualLoop loop;
    private int next;

    /** Lives begin at various times, and so at various places of the list. */
    LateSnapshots(VirtualLoop loop, VirtualTime time) {
        this.loop = loop;
        this.next = (int) (time.millis() % DELAYS.length);
    }

    @Override
    public void execute(Runnable work) {
        int delay = DELAYS[next];
        next = (next + 1) % DELAYS.length;
        if (delay == 0) {
            work.run();
        } else {
            var _ = loop.schedule(work, delay, TimeUnit.MILLISECONDS);
        }
    }
}
