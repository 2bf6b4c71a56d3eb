package org.jxenstored.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jxenstored.benchmarks.daemon.Daemons;
import org.jxenstored.benchmarks.workload.ConnectReadClose;
import org.jxenstored.benchmarks.workload.Counter;
import org.jxenstored.benchmarks.workload.FanOut;
import org.jxenstored.benchmarks.workload.GuestStarts;
import org.jxenstored.benchmarks.workload.LongListing;
import org.jxenstored.benchmarks.workload.ManyChildren;
import org.jxenstored.benchmarks.workload.ManyConnections;
import org.jxenstored.benchmarks.workload.MillionNodes;
import org.jxenstored.benchmarks.workload.OneAtATime;
import org.jxenstored.benchmarks.workload.Pipelined;
import org.jxenstored.benchmarks.workload.RingRequests;
import org.jxenstored.benchmarks.workload.Start;
import org.jxenstored.benchmarks.workload.SteadyRate;
import org.jxenstored.benchmarks.workload.Subtrees;
import org.jxenstored.benchmarks.workload.UnrelatedWatches;
import org.jxenstored.benchmarks.workload.Workload;

/** All that is measured, in the order of the table. */
final class Workloads {
    /** How long one daemon may work on what takes some of them minutes. */
    private static final long GIVE_UP_NANOS = Duration.ofSeconds(5).toNanos();

    private Workloads() {}

    /** Those that need nothing but a daemon that runs. */
    static List<Workload> onAnyDaemon() {
        List<Workload> all = new ArrayList<>(OneAtATime.all());
        all.addAll(Pipelined.all());
        all.addAll(ManyConnections.all());
        all.add(new Subtrees());
        all.addAll(Counter.all());
        all.addAll(FanOut.all());
        return all;
    }

    /**
     * Every workload.
     *
     * @param cpu where daemons run that a workload starts for itself
     * @param loadCpu where the load of such a workload comes from
     */
    static List<Workload> all(Daemons daemons, int cpu, int loadCpu) {
        List<Workload> all = new ArrayList<>(OneAtATime.all());
        all.add(new ConnectReadClose());
        all.addAll(Pipelined.all());
        all.addAll(ManyConnections.all());
        all.addAll(SteadyRate.all());
        all.add(new LongListing());
        all.add(new ManyChildren(daemons, cpu, GIVE_UP_NANOS));
        all.add(new Subtrees());
        all.addAll(Counter.all());
        all.add(new GuestStarts(daemons, cpu, GIVE_UP_NANOS));
        all.addAll(FanOut.all());
        all.add(new UnrelatedWatches());
        all.add(new RingRequests(daemons, cpu));
        all.add(new Start(daemons));
        all.add(new MillionNodes(daemons, cpu, loadCpu));
        return all;
    }
}
