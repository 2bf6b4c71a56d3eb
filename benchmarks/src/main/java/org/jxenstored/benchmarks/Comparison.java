package org.jxenstored.benchmarks;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jxenstored.benchmarks.daemon.Kind;
import org.jxenstored.benchmarks.load.Cpu;
import org.jxenstored.benchmarks.report.ConsoleReport;
import org.jxenstored.benchmarks.report.Measurement;
import org.jxenstored.benchmarks.report.Results;
import org.jxenstored.benchmarks.report.RowId;
import org.jxenstored.benchmarks.workload.Site;
import org.jxenstored.benchmarks.workload.Workload;

/** The rounds: each workload on one daemon after the other, then the next workload, then the next round. */
final class Comparison {
    private static final int WARM_UPS = 10;

    private final Plan plan;
    private final Lineup lineup;
    private final ConsoleReport console;
    private final Results results = new Results();

    /**
     * What is done.
     *
     * @param kinds the daemons, in their order
     * @param workloads in their order
     * @param rounds that count
     * @param nanos of one measurement
     * @param daemonCpu where the daemons run
     * @param loadCpu where the load comes from
     */
    record Plan(List<Kind> kinds, List<Workload> workloads, int rounds, long nanos, int daemonCpu, int loadCpu) {}

    /**
     * The plan is carried out by {@link #run}.
     *
     * @param lineup those that {@code plan.kinds()} names
     */
    Comparison(Plan plan, Lineup lineup, ConsoleReport console) {
        this.plan = plan;
        this.lineup = lineup;
        this.console = console;
    }

    Results results() {
        return results;
    }

    /** Runs all of it; what a daemon cannot do stands in the results. */
    void run() throws IOException {
        for (Workload workload : plan.workloads()) {
            if (workload.warmsUp()) {
                for (Kind kind : kinds(workload)) {
                    warmUp(workload, kind);
                    settle(kind);
                }
            }
        }
        for (int round = 0; round < plan.rounds(); round++) {
            for (int i = 0; i < plan.workloads().size(); i++) {
                Workload workload = plan.workloads().get(i);
                console.begin(
                        i + 1, plan.workloads().size(), round, workload.rows().getFirst());
                for (Kind kind : kinds(workload)) {
                    measure(workload, kind, round);
                    settle(kind);
                }
                console.end();
            }
        }
    }

    private List<Kind> kinds(Workload workload) {
        return workload.suitsEcho()
                ? plan.kinds()
                : plan.kinds().stream().filter(kind -> kind != Kind.ECHO).toList();
    }

    private Site site(Workload workload, Kind kind) {
        int cpu = workload.onOneCpu() ? plan.daemonCpu() : plan.loadCpu();
        Cpu.bind(cpu);
        return new Site(kind, lineup.socket(kind), cpu != plan.daemonCpu(), plan.nanos());
    }

    /** What is measured is a daemon that has been serving, as it does for all but the first seconds of a host's life. */
    private void warmUp(Workload workload, Kind kind) {
        try {
            for (int i = 0; i < WARM_UPS && kind.warmsUp(); i++) {
                workload.run(site(workload, kind), (_, _, _, _) -> {});
            }
        } catch (IOException e) {
            console.note(
                    kind.title() + " cannot do \"" + workload.rows().getFirst().name() + "\": " + e.getMessage());
        }
    }

    private void settle(Kind kind) throws IOException {
        lineup.settle(kind).ifPresent(what -> console.note(kind.title() + " " + what));
    }

    private void measure(Workload workload, Kind kind, int round) {
        Set<RowId> missing = new LinkedHashSet<>(workload.rows());
        try {
            workload.run(site(workload, kind), (row, figure, latencies, note) -> {
                missing.remove(row);
                boolean isFirst = row.equals(workload.rows().getFirst());
                add(new Measurement(row, kind, round, figure, latencies, note), isFirst);
            });
        } catch (IOException e) {
            String why = String.valueOf(e.getMessage());
            console.note(kind.title() + ": " + why);
            for (RowId row : missing) {
                add(
                        Measurement.without(row, kind, round, why),
                        row.equals(workload.rows().getFirst()));
            }
        }
    }

    private void add(Measurement measurement, boolean isFirst) {
        results.add(measurement);
        if (isFirst) {
            console.measured(measurement);
        }
    }
}
