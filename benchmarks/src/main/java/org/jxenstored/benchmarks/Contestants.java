package org.jxenstored.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jxenstored.benchmarks.daemon.Daemons;
import org.jxenstored.benchmarks.daemon.EchoServer;
import org.jxenstored.benchmarks.daemon.Kind;
import org.jxenstored.benchmarks.daemon.Options;
import org.jxenstored.benchmarks.daemon.RunningDaemon;

/** All that are compared, running at the same time on the same processor; one at a time has work. */
final class Contestants implements Lineup, AutoCloseable {
    private static final int PATIENCE_SECONDS = 10;

    private final Daemons starter;
    private final Options options;
    private final Map<Kind, RunningDaemon> daemons = new EnumMap<>(Kind.class);
    private final EchoServer echo;

    private Contestants(Daemons starter, Options options, EchoServer echo) {
        this.starter = starter;
        this.options = options;
        this.echo = echo;
    }

    static Contestants start(Daemons starter, List<Kind> kinds, int cpu) throws IOException, InterruptedException {
        Contestants contestants =
                new Contestants(starter, Options.DEFAULT.pinnedTo(cpu), EchoServer.start(OptionalInt.of(cpu)));
        try {
            for (Kind kind : kinds) {
                if (kind != Kind.ECHO) {
                    contestants.start(kind);
                }
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            contestants.close();
            throw e;
        }
        return contestants;
    }

    private void start(Kind kind) throws IOException, InterruptedException {
        daemons.put(kind, starter.start(kind, options));
    }

    @Override
    public Path socket(Kind kind) {
        RunningDaemon daemon = daemons.get(kind);
        return daemon == null ? echo.socket() : daemon.socket();
    }

    @Override
    public Optional<String> settle(Kind kind) throws IOException {
        RunningDaemon daemon = daemons.get(kind);
        try {
            if (daemon == null || daemon.awaitIdle(PATIENCE_SECONDS)) {
                return Optional.empty();
            }
            daemon.close();
            start(kind);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + kind.title() + " came to rest", e);
        }
        return Optional.of("started anew: still busy " + PATIENCE_SECONDS + " s after its turn");
    }

    @Override
    public void close() throws IOException {
        for (RunningDaemon daemon : daemons.values()) {
            daemon.close();
        }
        echo.close();
    }
}
