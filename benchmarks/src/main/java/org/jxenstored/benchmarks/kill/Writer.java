package org.jxenstored.benchmarks.kill;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** A client that writes as fast as it can, and looks whether what it was told is so. */
abstract class Writer {
    private final String name;
    private final AtomicLong answered = new AtomicLong();
    private volatile boolean ends;
    private volatile Optional<String> complaint = Optional.empty();
    private Optional<Thread> thread = Optional.empty();

    Writer(String name) {
        this.name = name;
    }

    final String name() {
        return name;
    }

    /** Writes for as long as {@link #goesOn}. */
    abstract void write() throws IOException;

    final void start() {
        thread = Optional.of(Thread.ofPlatform().name(name).daemon().start(() -> {
            try {
                write();
            } catch (IOException | RuntimeException e) {
                if (!ends) {
                    complaint = Optional.of(name + ": " + e.getMessage());
                }
            }
        }));
    }

    final boolean goesOn() {
        return !ends;
    }

    /** One more write was answered. */
    final void count() {
        answered.incrementAndGet();
    }

    /** Writes that were answered so far. */
    final long answered() {
        return answered.get();
    }

    /** What was not as it should be. */
    final Optional<String> complaint() {
        return complaint;
    }

    /** No more writes; the one that is on its way is answered yet. */
    final void end() throws InterruptedException {
        ends = true;
        if (thread.isPresent()) {
            thread.get().join();
        }
    }
}
