package org.jxenstored.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.store.Tree;
import org.jxenstored.store.UseByDomain;
import org.jxenstored.testing.Seeds;
import org.jxenstored.transaction.StoreWorld.TestCaller;
import org.jxenstored.transaction.Transaction.Outcome;

@DisplayName("S-TX-2, S-TX-7: committed transactions could have run one after the other")
class SerialOrderTest {
    private record Asked(TestCaller caller, String request, String answer) {}

    /** A transaction with all it was asked, and the tree it began with. */
    private static final class Open {
        private final Transaction transaction;
        private final Tree start;
        private final TestCaller caller;
        private final List<Asked> asked = new ArrayList<>();

        Open(Transaction transaction, Tree start, TestCaller caller) {
            this.transaction = transaction;
            this.start = start;
            this.caller = caller;
        }
    }

    private int committed;
    private int conflicts;

    @Test
    void interleavedTransactionsBehaveAsIfTheyRanAtTheirCommit() {
        Seeds.forEach(40, this::interleave);
        assertThat(committed).as("committed").isPositive();
        assertThat(conflicts).as("conflicts").isPositive();
    }

    private void interleave(Random random) {
        StoreWorld world = new StoreWorld("WRITE /a 1", "PERMS /a b0", "WRITE /b/c 1", "WRITE /c 1", "PERMS /c n1");
        RandomRequests requests = new RandomRequests(random);
        List<Open> open = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            int what = random.nextInt(10);
            if (open.isEmpty() || (what == 0 && open.size() < 4)) {
                open.add(new Open(world.begin(), world.tree(), requests.caller()));
            } else if (what <= 6) {
                ask(world, open.get(random.nextInt(open.size())), requests.next());
            } else if (what == 7) {
                world.now(requests.caller(), requests.next());
            } else if (what == 8) {
                end(world, open.remove(random.nextInt(open.size())));
            }
        }
    }

    private static void ask(StoreWorld world, Open open, String request) {
        String answer = world.in(open.transaction, open.caller, request);
        open.asked.add(new Asked(open.caller, request, answer));
    }

    private void end(StoreWorld world, Open open) {
        Tree now = world.tree();
        boolean changes =
                open.transaction.commit(now, 0) instanceof Outcome.Committed(Draft draft) && draft.isChanged();
        String outcome = world.commit(open.transaction);
        Draft serial = Draft.forRequest(changes || outcome.equals("EAGAIN") ? now : open.start, world.generations());
        List<String> differences = differences(open, serial);
        if (outcome.equals("EAGAIN")) {
            conflicts++;
            assertThat(differences).as("a conflict has a reason").isNotEmpty();
            assertThat(world.tree()).isSameAs(now);
        } else {
            committed++;
            assertThat(differences).as("asked: %s", open.asked).isEmpty();
            String expected = StoreWorld.content(changes ? serial.tree() : now);
            assertThat(StoreWorld.content(world.tree())).isEqualTo(expected);
        }
        if (changes) {
            UseByDomain use = StoreWorld.use(now);
            use.add(serial.useChange());
            assertThat(use).isEqualTo(StoreWorld.use(world.tree()));
        }
    }

    private static List<String> differences(Open open, Draft serial) {
        List<String> differences = new ArrayList<>();
        for (Asked asked : open.asked) {
            String answer = StoreWorld.shown(
                    StoreWorld.step(asked.caller, asked.request).run(serial));
            if (!contentOf(asked, answer).equals(contentOf(asked, asked.answer))) {
                differences.add(asked + " now gives " + answer);
            }
        }
        return differences;
    }

    /** Of DIRECTORY_PART without the generation, which is no content. */
    private static String contentOf(Asked asked, String answer) {
        return asked.request.startsWith("PART ") ? answer.replaceFirst("^[0-9]+ ?", "") : answer;
    }
}
