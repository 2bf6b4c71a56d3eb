package org.jxenstored.benchmarks.micro;

import java.util.ArrayList;
import java.util.List;
import org.jxenstored.protocol.NodePath;
import org.jxenstored.protocol.StorePath;
import org.jxenstored.store.Node;
import org.jxenstored.watch.Change;
import org.jxenstored.watch.Watch;
import org.jxenstored.watch.Watcher;
import org.jxenstored.watch.Watches;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One change, and those who watch the node, among {@value #UNRELATED} watches on other nodes. */
@State(Scope.Thread)
public class WatchBenchmark {
    static final int UNRELATED = 100_000;
    private static final StorePath CHANGED = StorePath.of("/local/domain/7/device/vif/0/state");

    /** Watches on the node that changes. */
    @Param({"0", "1", "1000"})
    public int watching;

    private final Watches watches = new Watches();
    private final List<Change> changes = new ArrayList<>();
    private int told;

    @Setup
    public void watch() {
        for (int i = 0; i < UNRELATED; i++) {
            add(StorePath.of("/local/domain/" + i % 1000 + "/device/vbd/" + i / 1000 + "/state"), i);
        }
        for (int i = 0; i < watching; i++) {
            add(CHANGED, UNRELATED + i);
        }
        Node root = new Host().engine().store().tree().root();
        changes.add(new Change.Touched(CHANGED, false, () -> List.of(root)));
    }

    private void add(NodePath path, int number) {
        watches.add(new Watch(new Counting(number), number, path, "token", Watch.ANY_DEPTH, false));
    }

    /** Finds whom to tell, and tells; returns how many were told. */
    @Benchmark
    public int match() {
        told = 0;
        watches.announce(changes);
        return told;
    }

    private final class Counting implements Watcher {
        private final long order;

        Counting(long order) {
            this.order = order;
        }

        @Override
        public long order() {
            return order;
        }

        @Override
        public boolean mayRead(Node node) {
            return true;
        }

        @Override
        public void tell(Watch watch, String eventPath) {
            told++;
        }
    }
}
