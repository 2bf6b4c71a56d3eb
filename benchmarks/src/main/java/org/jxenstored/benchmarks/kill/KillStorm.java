package org.jxenstored.benchmarks.kill;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.jxenstored.benchmarks.daemon.Daemons;
import org.jxenstored.benchmarks.daemon.Kind;
import org.jxenstored.benchmarks.daemon.Options;
import org.jxenstored.benchmarks.daemon.RunningDaemon;
import org.jxenstored.benchmarks.load.Request;
import org.jxenstored.benchmarks.load.Wire;
import org.jxenstored.benchmarks.machine.RingGuest;
import org.jxenstored.testing.FiguresFile;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Kills the daemon while connections and guests write, starts it again, and looks whether anything was lost or done twice. */
@Command(
        name = "benchmarks/kill-storm",
        mixinStandardHelpOptions = true,
        description = "Kills the daemon with SIGKILL in a storm of writes, again and again; nothing may be lost.")
public final class KillStorm implements Callable<Integer> {
    private static final int CONNECTIONS = 8;
    private static final int GUESTS = 4;
    private static final Options ON_FILES = Options.DEFAULT.on(Options.Machine.FILES);
    private static final long POLL_NANOS = 1_000_000;
    private static final long PATIENCE_SECONDS = 60;

    @Option(names = "--times", paramLabel = "N", defaultValue = "100", description = "kills (default: 100)")
    private int times;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "decides the moments (default: 1)")
    private long seed;

    @Option(names = "--figures", paramLabel = "FILE", description = "where the figures go, one a line")
    private @Nullable Path figures;

    private final List<Writer> writers = new ArrayList<>();

    private KillStorm() {}

    /** One of so many kills. */
    public KillStorm(int times, long seed) {
        this.times = times;
        this.seed = seed;
    }

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new KillStorm()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Daemons daemons = Daemons.ofThisCheckout();
        RunningDaemon daemon = daemons.start(Kind.JAVA, ON_FILES);
        List<RingGuest> guests = new ArrayList<>();
        try {
            begin(daemon, guests);
            Random random = new Random(seed);
            for (int i = 1; i <= times; i++) {
                awaitProgress();
                LockSupport.parkNanos(random.nextInt((int) TimeUnit.MILLISECONDS.toNanos(20)));
                daemon.kill();
                daemon = daemons.startAgain(daemon, ON_FILES);
                System.out.printf("kill %d of %d, seed %d: %,d writes answered so far%n", i, times, seed, answered());
            }
            awaitProgress();
            for (Writer writer : writers) {
                writer.end();
            }
            Optional<String> complaint = complaint();
            complaint.ifPresent(System.out::println);
            if (figures != null) {
                write(figures, complaint);
            }
            return complaint.isPresent() ? 1 : 0;
        } finally {
            for (RingGuest guest : guests) {
                guest.close();
            }
            daemon.close();
        }
    }

    private void write(Path file, Optional<String> complaint) throws IOException {
        new FiguresFile(
                        "Killed in a storm of writes",
                        "benchmarks/kill-storm --times " + times + " --seed " + seed,
                        complaint.isEmpty(),
                        complaint.orElse("no answered write is lost, none is done twice, every guest goes on"))
                .add("kills in a row", times)
                .add("connections that write", CONNECTIONS)
                .add("guests that write through rings", GUESTS)
                .add("writes that were answered", answered())
                .add("seed", seed)
                .write(file);
    }

    private void begin(RunningDaemon daemon, List<RingGuest> guests) throws IOException {
        try (Wire toolstack = Wire.connect(daemon.socket())) {
            for (int i = 1; i <= CONNECTIONS; i++) {
                toolstack.call(Request.write("/storm/" + i, "0"));
                writers.add(new SocketWriter(daemon.socket(), i));
            }
            for (int domid = 1; domid <= GUESTS; domid++) {
                RingGuest guest = RingGuest.connect(
                        daemon.shimDirectory(),
                        domid,
                        (id, gfn, port) -> toolstack.call(Request.introduce(id, gfn, port)));
                guests.add(guest);
                String home = "/local/domain/" + domid;
                toolstack.call(Request.write(home + "/data", "0"));
                toolstack.call(Request.setPermissions(home, "n" + domid));
                toolstack.call(Request.setPermissions(home + "/data", "n" + domid));
                writers.add(new RingWriter(guest));
            }
        }
        writers.forEach(Writer::start);
    }

    private long answered() {
        return writers.stream().mapToLong(Writer::answered).sum();
    }

    private Optional<String> complaint() {
        return writers.stream().flatMap(each -> each.complaint().stream()).findFirst();
    }

    /** Returns when every writer got some answers more. */
    private void awaitProgress() throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        for (Writer writer : writers) {
            long before = writer.answered();
            while (writer.answered() < before + 3) {
                if (complaint().isPresent() || System.nanoTime() > end) {
                    throw new IOException(
                            complaint().orElse(writer.name() + " got no answer for " + PATIENCE_SECONDS + " s"));
                }
                LockSupport.parkNanos(POLL_NANOS);
            }
        }
    }
}
