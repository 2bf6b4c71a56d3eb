package org.jxenstored.sim.guest;

import java.time.Duration;
import org.jxenstored.client.ConflictException;
import org.jxenstored.client.Transaction;
import org.jxenstored.client.TransactionAction;
import org.jxenstored.client.TransactionBody;
import org.jxenstored.client.XenstoreClient;
import org.jxenstored.sim.time.SimTime;

/**
 * Transactions of programs on a simulated machine: between attempts they wait on the machine's clock, each time
 * a little longer, so the same machine does the same steps again.
 */
public final class Transactions {
    private static final long PAUSE_MAX_MILLIS = 20;

    private Transactions() {}

    /**
     * Runs a body in a transaction and commits; starts over while the commit says EAGAIN.
     *
     * @throws ConflictException after {@value XenstoreClient#DEFAULT_ATTEMPTS} attempts
     */
    public static <E extends Exception> void run(XenstoreClient client, SimTime time, TransactionAction<E> body)
            throws E {
        Transactions.<Boolean, E>call(client, time, transaction -> {
            body.run(transaction);
            return true;
        });
    }

    /** As {@link #run}, with a result. */
    public static <T, E extends Exception> T call(XenstoreClient client, SimTime time, TransactionBody<T, E> body)
            throws E {
        for (int attempt = 1; ; attempt++) {
            try (Transaction transaction = client.transaction()) {
                T result = body.run(transaction);
                if (attempt == XenstoreClient.DEFAULT_ATTEMPTS) {
                    transaction.commit();
                    return result;
                }
                if (transaction.tryCommit()) {
                    return result;
                }
            }
            pause(time, attempt);
        }
    }

    /** An interrupt ends the pause and stays, so the next request tells the caller. */
    private static void pause(SimTime time, int attempt) {
        try {
            time.sleep(Duration.ofMillis(Math.min(attempt, PAUSE_MAX_MILLIS)));
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
        }
    }
}
