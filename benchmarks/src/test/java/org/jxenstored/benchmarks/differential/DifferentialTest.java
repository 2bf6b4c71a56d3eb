package org.jxenstored.benchmarks.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jxenstored.benchmarks.daemon.Daemons;
import org.jxenstored.benchmarks.daemon.Kind;
import org.jxenstored.benchmarks.daemon.Options;
import org.jxenstored.benchmarks.daemon.RunningDaemon;
import org.jxenstored.benchmarks.machine.InProcessDaemon;
import org.jxenstored.domain.QuotaName;
import org.jxenstored.domain.Quotas;
import org.jxenstored.listener.EventLoopThread;

/** A short run of the comparison with the daemon in C. */
final class DifferentialTest {
    private static final int REQUESTS = 5000;
    private static final long SEED = 20261123;

    /** {@link Campaign#QUOTAS_OF_OURS}, for a daemon that has no options. */
    private static final Quotas QUOTAS = Quotas.DEFAULTS.with(Map.of(
            QuotaName.NODES, 30L,
            QuotaName.NODE_SIZE, 256L,
            QuotaName.WATCHES, 8L,
            QuotaName.TRANSACTIONS, 3L,
            QuotaName.NODE_PERMISSIONS, 5L));

    @TempDir
    Path directory = Path.of("");

    /** What is missing skips the test; where CI is set, it fails. */
    private static Daemons daemonsWithC() throws Exception {
        Daemons daemons = Daemons.ofThisCheckout();
        Optional<String> missing = daemons.missing(Kind.C);
        if ("true".equals(System.getenv("CI"))) {
            Assertions.assertTrue(missing.isEmpty(), missing.orElse(""));
        } else {
            Assumptions.assumeTrue(missing.isEmpty(), missing.orElse(""));
        }
        return daemons;
    }

    @Test
    void whateverIsAnsweredDifferentlyIsMeant() throws Exception {
        Options options = Options.DEFAULT.on(Options.Machine.FILES).with(Campaign.QUOTAS_OF_C.toArray(String[]::new));
        try (RunningDaemon c = daemonsWithC().start(Kind.C, options);
                InProcessDaemon ours = InProcessDaemon.start(directory, EventLoopThread.start(), QUOTAS);
                Pair pair = new Pair(
                        new Host(new Place("C", c.socket(), c.shimDirectory())),
                        new Host(new Place("jxenstored", ours.socket(), ours.machine())));
                Patience _ = new Patience(pair)) {
            Tally tally = new Tally();
            assertThat(new Campaign(pair, Rules.read(), tally, SEED)
                            .run(REQUESTS)
                            .map(Campaign.Failure::toString))
                    .as("seed %d", SEED)
                    .isEmpty();
            assertThat(tally.total()).isGreaterThanOrEqualTo(REQUESTS);
        }
    }
}
