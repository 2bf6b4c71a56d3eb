package org.jxenstored.client;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.protocol.Value;

/**
 * One attempt to connect again: opens the place, waits until the server answers a harmless question, and registers the
 * watches.
 *
 * <p>Has a thread of its own, because whoever waits for it may have to stop waiting while the system still connects.
 */
final class Attempt {
    /** Every server answers this to every client; a path that depends on nothing. */
    private static final Value QUESTION = Value.of("0\0");

    private final Session session;
    private final Endpoint place;
    private final Supplier<Gap> gap;
    private final CompletableFuture<Connected> outcome = new CompletableFuture<>();
    private volatile @Nullable Connection made;

    /**
     * A success.
     *
     * @param connection the watches are registered on it
     */
    record Connected(Connection connection, Gap gap) {}

    /**
     * Not begun yet.
     *
     * @param gap asked when the server answers
     */
    Attempt(Session session, Endpoint place, Supplier<Gap> gap) {
        this.session = session;
        this.place = place;
        this.gap = gap;
    }

    /**
     * Makes the attempt.
     *
     * @throws ConnectFailedException if it fails, or takes longer than that
     */
    Connected await(Duration most) throws InterruptedException {
        Thread thread = Thread.ofVirtual().name("xenstore-connecting").start(this::connect);
        try {
            return outcome.get(most.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException failure) {
            throw failure.getCause() instanceof ConnectFailedException known
                    ? known
                    : new ConnectFailedException(String.valueOf(failure.getCause()), failure);
        } catch (TimeoutException hanging) {
            giveUp(thread);
            throw new ConnectFailedException("the server does not answer", hanging);
        } catch (InterruptedException interrupt) {
            giveUp(thread);
            throw interrupt;
        }
    }

    /** Leaves nothing behind, whether it has succeeded by now or not. */
    private void giveUp(Thread thread) {
        outcome.completeExceptionally(new ConnectFailedException("given up"));
        thread.interrupt();
        close(made);
    }

    private static void close(@Nullable Connection connection) {
        if (connection != null) {
            connection.lose("it came too late", false);
        }
    }

    private void connect() {
        try {
            Connection connection = new Connection(Connector.open(place).transport(), session);
            made = connection;
            connection.startReading();
            if (outcome.isDone()) {
                close(connection);
            }
            outcome.complete(new Connected(connection, greet(connection)));
        } catch (RuntimeException | Error failure) {
            outcome.completeExceptionally(failure);
        }
    }

    private Gap greet(Connection connection) {
        boolean greeted = false;
        try {
            Sent question = new NodeRequests(connection, 0).send(MessageType.GET_DOMAIN_PATH, "0", QUESTION);
            if (question.await() instanceof Reply.Lost lost) {
                throw question.exception(lost);
            }
            Gap over = gap.get();
            session.watches().restore(connection, over);
            greeted = true;
            return over;
        } finally {
            if (!greeted) {
                connection.lose("connecting again did not succeed", false);
                connection.awaitSettled();
            }
        }
    }
}
