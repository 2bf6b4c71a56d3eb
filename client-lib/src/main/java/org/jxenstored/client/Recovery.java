package org.jxenstored.client;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Gets a session its next connection: pauses and attempts in turn, until one succeeds or the patience is over. */
final class Recovery implements Runnable {
    private final Session session;
    private final Endpoint place;
    private final Reconnection reconnection;
    private final Pace pace;
    private final Backoff backoff;
    private final ConnectionLostException loss;
    private final Instant lostAt;
    private final long start;

    Recovery(
            Session session,
            Endpoint place,
            Reconnection reconnection,
            Pace pace,
            Backoff backoff,
            ConnectionLostException loss) {
        this.session = session;
        this.place = place;
        this.reconnection = reconnection;
        this.pace = pace;
        this.backoff = backoff;
        this.loss = loss;
        this.lostAt = pace.now();
        this.start = pace.nanoTime();
    }

    @Override
    public void run() {
        tell(() -> reconnection.listener().lost(loss, lostAt));
        try {
            Gap gap = null;
            while (gap == null && session.reasonOfEnd() == null) {
                Duration left = left();
                Duration pause = backoff.next();
                pace.pause(pause.compareTo(left) < 0 ? pause : left);
                gap = attempt();
            }
            if (gap != null) {
                Gap over = gap;
                tell(() -> reconnection.listener().back(over));
            }
        } catch (InterruptedException theSessionHasEnded) {
            return;
        } catch (RuntimeException | Error bug) {
            session.end(loss.reason() + ", and the client's reconnection failed: " + bug);
            throw bug;
        }
    }

    /** What is left of the patience. */
    private Duration left() {
        long left = TimeUnit.NANOSECONDS.convert(reconnection.patience()) - (pace.nanoTime() - start);
        return Duration.ofNanos(Math.max(0, left));
    }

    /** The gap if it is over. After the last attempt the session is over. */
    private @Nullable Gap attempt() throws InterruptedException {
        Duration left = left();
        Attempt attempt = new Attempt(session, place, this::gapUntilNow);
        try {
            Attempt.Connected connected = attempt.await(longer(left, reconnection.longestPause()));
            if (session.goOnWith(connected.connection())) {
                return connected.gap();
            }
            connected.connection().lose("the session has ended", false);
            connected.connection().awaitSettled();
            if (left.isZero()) {
                giveUp("the server closed it at once");
            }
        } catch (ConnectFailedException failure) {
            if (left.isZero()) {
                giveUp(String.valueOf(failure.getMessage()));
            }
        }
        return null;
    }

    private Gap gapUntilNow() {
        return new Gap(lostAt, pace.now(), loss.reason());
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private void giveUp(String lastFailure) {
        String reason =
                loss.reason() + ", and did not come back within " + reconnection.patience() + ": " + lastFailure;
        session.end(reason);
        tell(() -> reconnection.listener().gaveUp(new ConnectionLostException(reason)));
    }

    /** A listener that throws must not cost the connection. */
    private static void tell(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException bug) {
            Thread here = Thread.currentThread();
            here.getUncaughtExceptionHandler().uncaughtException(here, bug);
        }
    }
}
