package org.jxenstored.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.jxenstored.benchmarks.daemon.Kind;
import org.jxenstored.benchmarks.report.ConsoleReport;
import org.jxenstored.benchmarks.report.Figure;
import org.jxenstored.benchmarks.report.Goal;
import org.jxenstored.benchmarks.report.Measurement;
import org.jxenstored.benchmarks.report.Results;
import org.jxenstored.benchmarks.report.RowId;
import org.jxenstored.benchmarks.workload.Site;
import org.jxenstored.benchmarks.workload.Workload;

/** The order of the rounds, and what becomes of work that fails. */
final class ComparisonRoundsTest {
    private static final List<Kind> ALL = List.of(Kind.C, Kind.OCAML, Kind.JAVA, Kind.ECHO);

    private static final int WARM_UPS = 10;

    private final List<String> done = new ArrayList<>();
    private Optional<Kind> atWork = Optional.empty();
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

    /** Nobody has a turn while another is at work. OCaml never comes to rest by itself. */
    private final Lineup lineup = new Lineup() {
        @Override
        public Path socket(Kind kind) {
            assertThat(atWork.orElse(kind)).isEqualTo(kind);
            atWork = Optional.of(kind);
            return Path.of(kind.name());
        }

        @Override
        public Optional<String> settle(Kind kind) {
            atWork = Optional.empty();
            return kind == Kind.OCAML ? Optional.of("started anew") : Optional.empty();
        }
    };

    /** Notes what it is asked to do; fails at one daemon after its first row. */
    private final class Noted implements Workload {
        private final String name;
        private final List<RowId> rows;
        private final boolean suitsEcho;
        private final boolean warmsUp;

        Noted(String name, boolean suitsEcho, boolean warmsUp) {
            this.name = name;
            this.rows = List.of(row(name + " one"), row(name + " two"));
            this.suitsEcho = suitsEcho;
            this.warmsUp = warmsUp;
        }

        private static RowId row(String name) {
            return new RowId("Group", name, Figure.MICROSECONDS, Goal.NONE);
        }

        @Override
        public List<RowId> rows() {
            return rows;
        }

        @Override
        public boolean suitsEcho() {
            return suitsEcho;
        }

        @Override
        public boolean warmsUp() {
            return warmsUp;
        }

        @Override
        public void run(Site site, Output output) throws IOException {
            assertThat(site.socket()).isEqualTo(Path.of(site.kind().name()));
            done.add(name + " " + site.kind());
            output.add(rows.get(0), done.size());
            if ((name.equals("first") && site.kind() == Kind.OCAML)
                    || (name.equals("fourth") && site.kind() == Kind.JAVA)) {
                throw new IOException("it answers E2BIG");
            }
            output.add(rows.get(1), done.size());
        }
    }

    /** In a thread of its own, which is bound to a processor. */
    private Results run(int rounds, Workload... workloads) throws Exception {
        Comparison comparison = new Comparison(
                new Comparison.Plan(ALL, List.of(workloads), rounds, 1000, 0, 0),
                lineup,
                new ConsoleReport(new PrintStream(shown, true, StandardCharsets.UTF_8)));
        FutureTask<Results> task = new FutureTask<>(() -> {
            comparison.run();
            return comparison.results();
        });
        Thread.ofPlatform().start(task);
        return task.get();
    }

    @Test
    void theDaemonsTakeTurnsAtEachWorkInEachRound() throws Exception {
        run(2, new Noted("first", false, false), new Noted("second", true, false));
        List<String> round = List.of(
                "first C", "first OCAML", "first JAVA", "second C", "second OCAML", "second JAVA", "second ECHO");
        assertThat(done).containsExactlyElementsOf(twice(round));
    }

    private static List<String> twice(List<String> round) {
        List<String> all = new ArrayList<>(round);
        all.addAll(round);
        return all;
    }

    @Test
    void warmUpsOfWhatIsCompiledWhileItRunsComeFirstAndDoNotCount() throws Exception {
        Results results = run(1, new Noted("second", false, false), new Noted("third", false, true));
        List<String> expected = new ArrayList<>(Collections.nCopies(WARM_UPS, "third JAVA"));
        expected.addAll(List.of("second C", "second OCAML", "second JAVA", "third C", "third OCAML", "third JAVA"));
        assertThat(done).containsExactlyElementsOf(expected);
        // Two rows of each work at three daemons. The figures are how much had been done.
        assertThat(results.measurements()).hasSize(12).allMatch(each -> each.figure() > WARM_UPS);
    }

    @Test
    void eachComesToRestBeforeTheNextOneHasItsTurn() throws Exception {
        run(1, new Noted("second", true, false));
        assertThat(atWork).isEmpty();
        assertThat(shown.toString(StandardCharsets.UTF_8)).contains("OCaml started anew");
    }

    @Test
    void workThatFailsIsNotedForTheRowsItHadNotFilledYet() throws Exception {
        List<Measurement> ofOcaml = run(2, new Noted("first", false, false)).measurements().stream()
                .filter(each -> each.daemon() == Kind.OCAML)
                .toList();
        assertThat(ofOcaml).hasSize(4).allSatisfy(each -> {
            boolean isFirst = each.row().name().equals("first one");
            assertThat(each.hasFigure()).isEqualTo(isFirst);
            assertThat(each.note()).isEqualTo(isFirst ? "" : "it answers E2BIG");
        });
        assertThat(ofOcaml).extracting(Measurement::round).containsExactlyInAnyOrder(0, 0, 1, 1);
        assertThat(shown.toString(StandardCharsets.UTF_8)).contains("OCaml: it answers E2BIG");
    }

    @Test
    void workThatFailsAtTheWarmUpIsToldOfAndTriedAgain() throws Exception {
        Results results = run(1, new Noted("fourth", false, true));
        assertThat(shown.toString(StandardCharsets.UTF_8))
                .contains("jxenstored cannot do \"fourth one\": it answers E2BIG");
        assertThat(results.measurements()).hasSize(6);
    }
}
