package org.jxenstored.server;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.jxenstored.engine.Engine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens once per turn of the event loop: everything that was queued goes out, and what is due is done.
 *
 * <p>All calls come from the event loop's thread.
 */
final class Turns {
    /** Something with output to write. */
    interface Output {
        /** Writes as much as the other end takes now. */
        void flush();

        /** Writing failed because of a defect or for want of memory; nothing more can be sent. */
        void abandon();
    }

    private static final Logger log = LoggerFactory.getLogger(Turns.class);

    /** After so long of writing the rest waits for the next turn. */
    private static final long OUTPUT_NANOS = 250_000;

    private final EventExecutor loop;
    private final ServerClock clock;
    private final Runnable atEnd;
    private final Share share;

    /** Who waits to be flushed, in this order. */
    private final LinkedHashSet<Output> waiting = new LinkedHashSet<>();

    private Runnable beforeOutput = () -> {};
    private @Nullable Engine engine;
    private @Nullable Future<?> timer;
    private @Nullable Future<?> laterTurn;
    private List<Runnable> forLater = new ArrayList<>();
    private long timerMillis = Long.MAX_VALUE;
    private boolean endIsPlanned;
    private long number;

    /** @param atEnd runs after everything else of a turn */
    Turns(EventExecutor loop, ServerClock clock, Runnable atEnd) {
        this.loop = loop;
        this.clock = clock;
        this.atEnd = atEnd;
        this.share = new Share(clock, Integer.MAX_VALUE, OUTPUT_NANOS);
    }

    ServerClock clock() {
        return clock;
    }

    void serve(Engine served) {
        engine = served;
    }

    /** From now on this is run before anything of a turn is sent. */
    void beforeOutput(Runnable work) {
        beforeOutput = work;
    }

    /** Output is there: it is written at the end of this turn. */
    void flushLater(Output output) {
        waiting.add(output);
        endLater();
    }

    /** Output is there that cannot wait for the end of the turn. */
    void flushNow(Output output) {
        waiting.remove(output);
        beforeOutput.run();
        output.flush();
    }

    /** Something was done after which others may go on. */
    void endLater() {
        if (!endIsPlanned) {
            endIsPlanned = true;
            loop.execute(this::end);
        }
    }

    /**
     * Runs this in a later turn, after others had theirs. What the loop is told to execute it does before it looks at
     * sockets again, and all that comes of it too; what is scheduled waits until it has looked.
     */
    void later(Runnable work) {
        forLater.add(work);
        if (laterTurn == null) {
            laterTurn = loop.schedule(this::doLaterWork, 0, TimeUnit.NANOSECONDS);
        }
    }

    private void doLaterWork() {
        laterTurn = null;
        List<Runnable> now = forLater;
        forLater = new ArrayList<>();
        for (Runnable work : now) {
            try {
                work.run();
            } catch (RuntimeException | Error e) {
                log.error("what was put off to a later turn failed", e);
            }
        }
    }

    /** Of this turn; they count up. */
    long number() {
        return number;
    }

    /** From now on turns end without a look at the engine, and nothing is planned for later. What waits is told and written. */
    void close() {
        while (engine != null && engine.isBehind()) {
            tellSome(engine);
        }
        engine = null;
        writeOutput();
        wakeAt(Long.MAX_VALUE);
        if (laterTurn != null) {
            laterTurn.cancel(false);
        }
    }

    private void end() {
        endIsPlanned = false;
        number++;
        tellWatchers();
        beforeOutput.run();
        writeOutput();
        if (engine != null) {
            engine.tick();
            wakeAt(engine.nextDeadline());
        }
        atEnd.run();
    }

    /** As far as the share of this turn goes. */
    private void tellWatchers() {
        share.begin();
        while (engine != null && engine.isBehind()) {
            if (!share.isLeft()) {
                later(this::endLater);
                return;
            }
            share.use();
            tellSome(engine);
        }
    }

    /** What fails there does not keep anybody from being told or answered. */
    private static void tellSome(Engine engine) {
        try {
            engine.tellSome();
        } catch (RuntimeException | Error e) {
            log.error("cannot tell of a change", e);
        }
    }

    private void writeOutput() {
        share.begin();
        while (!waiting.isEmpty()) {
            if (engine != null && !share.isLeft()) {
                later(this::endLater);
                return;
            }
            share.use();
            flush(waiting.removeFirst());
        }
    }

    /** One that fails does not keep the others from being written. */
    private static void flush(Output output) {
        try {
            output.flush();
        } catch (RuntimeException | Error e) {
            log.error("cannot write to {}", output, e);
            abandon(output);
        }
    }

    private static void abandon(Output output) {
        try {
            output.abandon();
        } catch (RuntimeException | Error e) {
            log.error("cannot even end {}", output, e);
        }
    }

    private void wakeAt(long millis) {
        if (millis == timerMillis) {
            return;
        }
        if (timer != null) {
            timer.cancel(false);
        }
        timerMillis = millis;
        timer = millis == Long.MAX_VALUE
                ? null
                : loop.schedule(this::wake, Math.max(0, millis - clock.millis()), TimeUnit.MILLISECONDS);
    }

    private void wake() {
        timerMillis = Long.MAX_VALUE;
        end();
    }
}
