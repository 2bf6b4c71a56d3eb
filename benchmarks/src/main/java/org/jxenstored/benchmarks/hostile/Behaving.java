package org.jxenstored.benchmarks.hostile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.jxenstored.benchmarks.load.Request;
import org.jxenstored.benchmarks.load.Wire;
import org.jxenstored.protocol.MessageType;

/** A client that asks at a steady rate and looks at every answer. A request counts from when it was due. */
abstract class Behaving {
    private final String name;
    private final Wire wire;
    private final long interval;
    private final Waits waits = new Waits();
    private volatile boolean ends;
    private volatile Optional<String> complaint = Optional.empty();
    private Optional<Thread> thread = Optional.empty();
    private long due;

    Behaving(String name, Wire wire, int perSecond) {
        this.name = name;
        this.wire = wire;
        this.interval = 1_000_000_000L / perSecond;
    }

    final String name() {
        return name;
    }

    /** One round of requests, each by {@link #call} or {@link #transaction}. */
    abstract void round(long number) throws IOException;

    final void start() {
        thread = Optional.of(Thread.ofPlatform().name(name).daemon().start(() -> {
            try {
                due = System.nanoTime();
                for (long i = 0; !ends; i++) {
                    round(i);
                }
            } catch (IOException | RuntimeException e) {
                complaint = Optional.of(name + ": " + e);
            }
        }));
    }

    /** Asks when the next request is due, in this transaction or 0. */
    final byte[] call(Request request, int transaction) throws IOException {
        due += interval;
        long early = due - System.nanoTime();
        if (early > 0) {
            LockSupport.parkNanos(early);
        }
        byte[] answer = wire.call(request, transaction);
        waits.add(due);
        return answer;
    }

    final byte[] call(Request request) throws IOException {
        return call(request, 0);
    }

    /** Reads and writes a node in a transaction; false if it has to be repeated. */
    final boolean transaction(String path, String value) throws IOException {
        int id = Integer.parseInt(text(call(Request.begin())));
        call(Request.any(MessageType.READ, path), id);
        call(Request.write(path, value), id);
        return text(call(Request.commit(), id)).equals("OK");
    }

    private static String text(byte[] answer) {
        return new String(answer, StandardCharsets.ISO_8859_1).replace("\0", "");
    }

    /** What its waits were since this was last asked for. */
    final Histogram waits() {
        return waits.take();
    }

    /** What was wrong with an answer, if one was. */
    final Optional<String> complaint() {
        return complaint;
    }

    final void end() throws IOException, InterruptedException {
        ends = true;
        if (thread.isPresent()) {
            thread.get().join(60_000);
        }
        wire.close();
    }
}
