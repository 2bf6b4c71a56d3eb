package org.jxenstored.benchmarks.differential;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** A thread that cuts all connections once nothing was answered for a while, so that whoever waits is told. */
final class Patience implements AutoCloseable {
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final int LOOKS = 120;

    private final Pair pair;
    private final Thread thread;
    private volatile boolean closed;

    Patience(Pair pair) {
        this.pair = pair;
        thread = Thread.ofPlatform().daemon().name("patience").start(this::look);
    }

    private void look() {
        int unchanged = 0;
        long before = -1;
        while (!closed && unchanged < LOOKS) {
            LockSupport.parkNanos(LOOK.toNanos());
            long now = pair.played();
            unchanged = now == before ? unchanged + 1 : 0;
            before = now;
        }
        if (!closed) {
            try {
                pair.close();
            } catch (IOException closedAlready) {
                System.err.println("after a daemon did not answer: " + closedAlready);
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
