package org.jxenstored.benchmarks.micro;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.jxenstored.protocol.StorePath;
import org.jxenstored.protocol.Value;
import org.jxenstored.store.Generations;
import org.jxenstored.store.Node;
import org.jxenstored.store.Permissions;
import org.jxenstored.store.Tree;
import org.jxenstored.transaction.Draft;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The tree alone: no paths to read, no rights, no watches. */
@State(Scope.Thread)
public class StoreBenchmark {
    private final Tree tree = new Host().engine().store().tree();
    private final Generations generations = new Generations();
    private final Permissions permissions = Permissions.ownedBy(7);
    private final Value value = Value.of("4");
    private final StorePath present = StorePath.of("/local/domain/7/device/vif/0/state");
    private final StorePath absent = StorePath.of("/local/domain/7/device/vif/0/new");

    @Benchmark
    public @Nullable Node read() {
        return tree.find(present);
    }

    @Benchmark
    public Tree overwrite() {
        Draft draft = Draft.forRequest(tree, generations);
        draft.setValue(present, Objects.requireNonNull(draft.look(present)), value);
        return draft.tree();
    }

    @Benchmark
    public Tree create() {
        Draft draft = Draft.forRequest(tree, generations);
        draft.create(absent, draft.lookAbove(absent), value, permissions);
        return draft.tree();
    }
}
