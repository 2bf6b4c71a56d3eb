package org.jxenstored.listener;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells people of clients that were refused at one address: the first one at once, then one line in ten seconds.
 *
 * <p>Who is refused can try again as often as he likes, and must not be able to fill the log with it.
 */
final class Refusals {
    private static final Logger log = LoggerFactory.getLogger(Refusals.class);
    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final ListenAddress address;
    private final LongSupplier nanoTime;
    private long quietSince;
    private boolean quiet;
    private long untold;

    Refusals(ListenAddress address) {
        this(address, System::nanoTime);
    }

    /** @param nanoTime as {@link System#nanoTime} */
    Refusals(ListenAddress address, LongSupplier nanoTime) {
        this.address = address;
        this.nanoTime = nanoTime;
    }

    /**
     * One more; on the event loop thread.
     *
     * @param why who is refused and why
     */
    void add(String why) {
        long now = nanoTime.getAsLong();
        if (quiet && now - quietSince < QUIET_NANOS) {
            untold++;
            return;
        }
        String more = untold == 0 ? "" : " (before, " + untold + " more were refused without a line)";
        log.warn("a client of {} is refused: {}{}", address, why, more);
        quiet = true;
        quietSince = now;
        untold = 0;
    }
}
