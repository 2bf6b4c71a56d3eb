package org.jxenstored.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.protocol.StorePath;
import org.jxenstored.protocol.Value;
import org.jxenstored.store.Node;
import org.jxenstored.store.Permissions;
import org.jxenstored.store.Tree;
import org.jxenstored.store.UseByDomain;
import org.jxenstored.testing.Seeds;

class DraftTest {
    private final StoreWorld world = new StoreWorld("WRITE /a 1", "WRITE /a/b 2", "WRITE /a/c 3");

    private Draft draft() {
        return Draft.forRequest(world.tree(), world.generations());
    }

    private static Node at(Tree tree, String path) {
        return Objects.requireNonNull(tree.find(StorePath.of(path)), path);
    }

    @Test
    void theTreeItBeganWithStaysAsItWas() {
        String before = StoreWorld.content(world.tree());
        Draft draft = draft();
        draft.remove(StorePath.of("/a/b"), at(draft.tree(), "/a/b"));
        draft.create(StorePath.of("/x/y"), 0, Value.of("new"), Permissions.ownedBy(3));
        assertThat(StoreWorld.content(draft.before())).isEqualTo(before);
        assertThat(StoreWorld.content(world.tree())).isEqualTo(before);
        assertThat(draft.isChanged()).isTrue();
        assertThat(draft().isChanged()).isFalse();
    }

    @Test
    @DisplayName("S-CREATE-1, S-CREATE-2, S-CREATE-5: missing levels are created empty, all with the same permissions")
    void missingLevelsAreCreated() {
        Draft draft = draft();
        draft.create(StorePath.of("/a/x/y/z"), 1, Value.of("v"), Permissions.ownedBy(3));
        assertThat(at(draft.tree(), "/a/x").value()).isEqualTo(Value.EMPTY);
        assertThat(at(draft.tree(), "/a/x/y").owner()).isEqualTo(3);
        assertThat(at(draft.tree(), "/a/x/y/z").value()).isEqualTo(Value.of("v"));
        assertThat(draft.useChange().of(3).nodes()).isEqualTo(3);
    }

    @Test
    @DisplayName("S-GEN-1, S-GEN-2: each changed node gets a new generation, and the parent of a new or removed one")
    void changedNodesGetNewGenerations() {
        Tree before = world.tree();
        world.now("WRITE /a/b x");
        assertThat(at(world.tree(), "/a/b").generation())
                .isGreaterThan(at(before, "/a/b").generation());
        assertThat(at(world.tree(), "/a").generation())
                .isEqualTo(at(before, "/a").generation());
        Tree middle = world.tree();
        world.now("RM /a/b");
        assertThat(at(world.tree(), "/a").generation())
                .isGreaterThan(at(middle, "/a").generation());
        assertThat(world.tree().root().generation()).isEqualTo(before.root().generation());
        long newest = StoreWorld.newestIn(world.tree().root());
        world.now("WRITE /a/n/m 1");
        assertThat(at(world.tree(), "/a/n").generation()).isGreaterThan(newest);
        assertThat(at(world.tree(), "/a/n/m").generation())
                .isNotEqualTo(at(world.tree(), "/a/n").generation());
    }

    @Test
    @DisplayName("S-QUOTA-5, S-QUOTA-7: the change of use equals what a recount finds")
    void theChangeOfUseEqualsARecount() {
        Seeds.forEach(10, random -> {
            StoreWorld store = new StoreWorld();
            RandomRequests requests = new RandomRequests(random);
            for (int i = 0; i < 300; i++) {
                Tree before = store.tree();
                Draft draft = Draft.forRequest(before, store.generations());
                for (int j = random.nextInt(4); j >= 0; j--) {
                    StoreWorld.step(requests.caller(), requests.next()).run(draft);
                }
                UseByDomain use = StoreWorld.use(before);
                use.add(draft.useChange());
                assertThat(use).isEqualTo(StoreWorld.use(draft.tree()));
                store.now(requests.caller(), requests.next());
            }
        });
    }
}
