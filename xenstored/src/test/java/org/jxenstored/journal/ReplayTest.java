package org.jxenstored.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.domain.Domain;
import org.jxenstored.domain.FakeDomainStates;
import org.jxenstored.engine.RandomRequests;
import org.jxenstored.protocol.StorePath;
import org.jxenstored.protocol.Value;
import org.jxenstored.store.Children;
import org.jxenstored.store.Generations;
import org.jxenstored.store.Node;
import org.jxenstored.store.Permissions;
import org.jxenstored.store.RandomTrees;
import org.jxenstored.store.Tree;
import org.jxenstored.store.TreeDifference;
import org.jxenstored.testing.Seeds;

/** What is remembered of changes is enough to make them again. */
class ReplayTest {
    /** Every node with all that the wire shows of it, in order. */
    static List<String> shown(Tree tree) {
        List<String> all = new ArrayList<>();
        RandomTrees.walk(tree)
                .forEach(place -> all.add(place.path() + " = " + place.node().value() + " "
                        + place.node().permissions()));
        all.add("@introduceDomain " + tree.introduceDomain().permissions());
        all.add("@releaseDomain " + tree.releaseDomain().permissions());
        return all;
    }

    private static final class Remembering extends RandomRequests {
        private final Remembered remembered = new Remembered(new Generations());
        private final ChangeWriter writer = new ChangeWriter();
        private final Random random;
        private boolean begun;

        Remembering(Random random) {
            super(random, new FakeDomainStates());
            this.random = random;
        }

        /** Now and then: so a record may hold the changes of many steps. */
        @Override
        protected void check() {
            if (random.nextInt(3) > 0) {
                return;
            }
            if (!begun) {
                begun = true;
                engine.changes().tellAllButNodes(writer, engine.connections());
                engine.changes().take(new ChangeWriter());
                TreeDifference.all(engine.store().tree(), writer);
            } else {
                engine.changes().take(writer);
            }
            try {
                ChangeReader.read(RawBody.copyOf(writer.body()).buffer(), remembered);
                writer.clear();
                assertThat(shown(remembered.store().orElseThrow()))
                        .isEqualTo(shown(engine.store().tree()));
            } catch (DamagedException e) {
                throw new AssertionError(e);
            }
            assertThat(remembered.domains())
                    .containsExactlyElementsOf(
                            engine.domains().all().stream().map(Domain::image).toList());
            assertThat(remembered.quotas()).contains(engine.domains().globalQuotas());
        }
    }

    @Test
    @DisplayName("nodes, their order, permissions, domains and quotas are after a replay what they were")
    void aReplayGivesWhatWas() {
        Seeds.forEach(20, random -> new Remembering(random).live(500));
    }

    @Test
    @DisplayName("two trees differ by what makes one of the other, however large their directories are")
    void aDifferenceMakesOneTreeOfAnother() {
        Seeds.forEach(30, random -> {
            RandomTrees trees = new RandomTrees(random, 5);
            Tree first = trees.tree(1 + random.nextInt(300));
            Tree second = random.nextBoolean() ? trees.tree(1 + random.nextInt(300)) : first;
            ChangeWriter writer = new ChangeWriter();
            TreeDifference.all(first, writer);
            TreeDifference.between(first, second, writer);
            try {
                Remembered remembered = new Remembered(new Generations());
                ChangeReader.read(RawBody.copyOf(writer.body()).buffer(), remembered);
                assertThat(shown(remembered.store().orElseThrow())).isEqualTo(shown(second));
            } catch (DamagedException e) {
                throw new AssertionError(e);
            }
        });
    }

    @Test
    @DisplayName("XSA-418: a tree of 1,500 levels is remembered with a small stack")
    void aDeepTreeIsRemembered() throws Exception {
        Permissions permissions = Permissions.ownedBy(0);
        Node node = Node.leaf(Value.of("deepest"), permissions, 1);
        for (int level = 0; level < 1500; level++) {
            node = Node.leaf(Value.EMPTY, permissions, 1)
                    .withChildren(Children.none().with("n", node), 1);
        }
        Node special = Node.leaf(Value.EMPTY, permissions, 1);
        Tree tree = new Tree(node, special, special);
        FutureTask<List<String>> task = new FutureTask<>(() -> {
            ChangeWriter writer = new ChangeWriter();
            TreeDifference.all(tree, writer);
            Remembered remembered = new Remembered(new Generations());
            ChangeReader.read(RawBody.copyOf(writer.body()).buffer(), remembered);
            Node found = remembered.store().orElseThrow().find(deepest());
            return found == null ? List.of() : List.of(found.value().text());
        });
        new Thread(null, task, "small stack", 192 << 10).start();
        assertThat(task.get()).containsExactly("deepest");
    }

    private static StorePath deepest() {
        return StorePath.of("/n".repeat(1500));
    }
}
