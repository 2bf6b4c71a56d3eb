package org.jxenstored.benchmarks.workload;

import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.jxenstored.benchmarks.daemon.Daemons;
import org.jxenstored.benchmarks.daemon.Kind;
import org.jxenstored.benchmarks.daemon.Options;
import org.jxenstored.benchmarks.daemon.RunningDaemon;

/** Daemons that one workload has for itself, started when first needed. */
final class OwnDaemons implements AutoCloseable {
    private final Daemons daemons;
    private final Options options;
    private final Map<Kind, RunningDaemon> running = new EnumMap<>(Kind.class);

    OwnDaemons(Daemons daemons, Options options) {
        this.daemons = daemons;
        this.options = options;
    }

    boolean isRunning(Kind kind) {
        return running.containsKey(kind);
    }

    RunningDaemon get(Kind kind) throws IOException {
        @Nullable RunningDaemon known = running.get(kind);
        if (known != null) {
            return known;
        }
        try {
            RunningDaemon started = daemons.start(kind, options);
            running.put(kind, started);
            return started;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + kind.title() + " started", e);
        }
    }

    @Override
    public void close() throws IOException {
        for (RunningDaemon each : running.values()) {
            each.close();
        }
        running.clear();
    }
}
