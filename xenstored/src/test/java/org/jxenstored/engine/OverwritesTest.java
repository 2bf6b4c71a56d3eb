package org.jxenstored.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.protocol.StorePath;
import org.jxenstored.protocol.Value;
import org.jxenstored.store.Generations;
import org.jxenstored.store.Node;
import org.jxenstored.store.Permissions;
import org.jxenstored.store.Tree;
import org.jxenstored.transaction.Draft;

/** When a list of values can stand for the comparison of two trees. */
class OverwritesTest {
    private final Generations generations = new Generations();
    private final Overwrites overwrites = new Overwrites();
    private Tree tree = new Tree(leaf(), leaf(), leaf());

    private Node leaf() {
        return Node.leaf(Value.EMPTY, Permissions.ownedBy(0), generations.next());
    }

    @BeforeEach
    void nodes() {
        create("/a");
        create("/b");
        overwrites.beginAt(tree);
    }

    private void install(Draft draft) {
        overwrites.note(draft);
        tree = draft.tree();
    }

    private void create(String path) {
        Draft draft = Draft.forRequest(tree, generations);
        draft.create(StorePath.of(path), 0, Value.EMPTY, Permissions.ownedBy(0));
        install(draft);
    }

    private void overwrite(String value, String... paths) {
        Draft draft = Draft.forRequest(tree, generations);
        for (String path : paths) {
            Node node = Objects.requireNonNull(draft.tree().find(StorePath.of(path)));
            draft.setValue(StorePath.of(path), node, Value.of(value));
        }
        install(draft);
    }

    /** The list, if it stands for all that was done. */
    private Optional<List<String>> list() {
        return overwrites.leadTo(tree)
                ? Optional.of(overwrites.list().stream()
                        .map(each -> each.path() + " = " + each.value().text())
                        .toList())
                : Optional.empty();
    }

    @Test
    @DisplayName("of values alone the last of each node is listed")
    void valuesAlone() {
        assertThat(list()).hasValue(List.of());
        overwrite("1", "/b");
        overwrite("2", "/a");
        overwrite("3", "/b");
        assertThat(list()).hasValue(List.of("/b = 3", "/a = 2"));
        overwrites.beginAt(tree);
        overwrite("4", "/a");
        assertThat(list()).hasValue(List.of("/a = 4"));
    }

    @Test
    @DisplayName("the value that a node has already is nothing to tell of")
    void nothingNew() {
        overwrite("1", "/a");
        overwrites.beginAt(tree);
        overwrite("1", "/a");
        assertThat(list()).hasValue(List.of());
        overwrite("2", "/a");
        overwrite("1", "/a");
        overwrite("1", "/a");
        assertThat(list()).hasValue(List.of("/a = 1"));
    }

    @Test
    @DisplayName("anything else in between shows, whatever comes after it")
    void anythingElse() {
        overwrite("1", "/a");
        create("/c");
        assertThat(list()).isEmpty();
        overwrite("2", "/a");
        assertThat(list()).isEmpty();
    }

    @Test
    @DisplayName("two changes at once are not one")
    void twoAtOnce() {
        overwrite("1", "/a", "/b");
        assertThat(list()).isEmpty();
    }

    @Test
    @DisplayName("a change that is not told of shows")
    void whatIsNotTold() {
        overwrite("1", "/a");
        tree = new Tree(tree.root(), leaf(), leaf());
        overwrite("2", "/a");
        assertThat(list()).isEmpty();
    }

    @Test
    @DisplayName("a long list is not worth it")
    void aLongList() {
        String large = "v".repeat(4000);
        for (int i = 0; i < 100; i++) {
            overwrite(large + i, "/a");
        }
        assertThat(list()).as("one node").isPresent();
        for (int i = 0; i < 20; i++) {
            create("/n" + i);
        }
        overwrites.beginAt(tree);
        for (int i = 0; i < 16; i++) {
            overwrite(large, "/n" + i);
        }
        assertThat(list()).isPresent();
        overwrite(large, "/n16");
        assertThat(list()).isEmpty();
        overwrite("small", "/a");
        assertThat(list()).isEmpty();
    }
}
