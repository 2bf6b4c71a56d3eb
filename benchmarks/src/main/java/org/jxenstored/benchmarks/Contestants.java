package org.jxenstored.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jxenstored.benchmarks.daemon.Daemons;
import org.jxenstored.benchmarks.daemon.EchoServer;
import org.jxenstored.benchmarks.daemon.Kind;
import org.jxenstored.benchmarks.daemon.Options;
import org.jxenstored.benchmarks.daemon.RunningDaemon;

/** All that are compared, running at the same time on the same processor; one at a time has work. */
final class Contestants implements AutoCloseable {
    private final Map<Kind, RunningDaemon> daemons = new EnumMap<>(Kind.class);
    private final EchoServer echo;

    private Contestants(EchoServer echo) {
        this.echo = echo;
    }

    static Contestants start(Daemons daemons, List<Kind> kinds, int cpu) throws IOException, InterruptedException {
        Contestants contestants = new Contestants(EchoServer.start(OptionalInt.of(cpu)));
        try {
            for (Kind kind : kinds) {
                if (kind == Kind.ECHO) {
                    continue;
                }
                contestants.daemons.put(kind, daemons.start(kind, Options.DEFAULT.pinnedTo(cpu)));
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            contestants.close();
            throw e;
        }
        return contestants;
    }

    /** Where this one listens. */
    Path socket(Kind kind) {
        RunningDaemon daemon = daemons.get(kind);
        return daemon == null ? echo.socket() : daemon.socket();
    }

    @Override
    public void close() throws IOException {
        for (RunningDaemon daemon : daemons.values()) {
            daemon.close();
        }
        echo.close();
    }
}
