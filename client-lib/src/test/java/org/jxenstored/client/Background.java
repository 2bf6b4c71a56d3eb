package org.jxenstored.client;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** Runs blocking calls beside the test, which plays the server. */
final class Background {
    private Background() {}

    /** Runs a call on a virtual thread. */
    static <T> FutureTask<T> run(Callable<T> call) {
        FutureTask<T> task = new FutureTask<>(call);
        Thread.startVirtualThread(task);
        return task;
    }

    static FutureTask<Boolean> run(Runnable call) {
        return run(() -> {
            call.run();
            return true;
        });
    }

    static <T> T result(FutureTask<T> task) throws Exception {
        return task.get(20, TimeUnit.SECONDS);
    }

    static <T> T result(CompletableFuture<T> future) throws Exception {
        return future.get(20, TimeUnit.SECONDS);
    }

    /** What the call failed with, which has to be of this type. */
    static <X extends Throwable> X failure(FutureTask<?> task, Class<X> type) {
        ExecutionException failure =
                catchThrowableOfType(ExecutionException.class, () -> task.get(20, TimeUnit.SECONDS));
        return requireNonNull(type.cast(failure.getCause()));
    }

    static <X extends Throwable> X failure(CompletableFuture<?> future, Class<X> type) {
        ExecutionException failure =
                catchThrowableOfType(ExecutionException.class, () -> future.get(20, TimeUnit.SECONDS));
        return requireNonNull(type.cast(failure.getCause()));
    }
}
