package org.jxenstored.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.protocol.Access;
import org.jxenstored.protocol.NodePath;
import org.jxenstored.protocol.Permission;
import org.jxenstored.protocol.SpecialPath;
import org.jxenstored.protocol.StorePath;
import org.jxenstored.protocol.Value;

class NodeTest {
    private static Permissions list(String... entries) {
        return Permissions.of(List.of(entries).stream()
                .map(entry -> Grant.of(Permission.parse(entry).orElseThrow()))
                .toList());
    }

    private static Node leaf(String value) {
        return Node.leaf(Value.of(value), list("n0"), 1);
    }

    private final Tree tree = new Tree(leaf("root"), leaf("in"), leaf("re"))
            .with(StorePath.of("/a"), leaf("A"))
            .with(StorePath.of("/a/b"), leaf("B"));

    private static String valueOf(Tree tree, NodePath path) {
        Node node = tree.find(path);
        return node == null ? "-" : node.value().text();
    }

    @Test
    @DisplayName("S-NODE-5: 16, 8 for each entry, the value, and each child's name with a NUL")
    void theSizeOfANode() {
        assertThat(leaf("").size()).isEqualTo(24);
        assertThat(Node.leaf(Value.of("abc"), list("n0", "r1", "b2"), 1).size()).isEqualTo(16 + 24 + 3);
        Node parent = leaf("x")
                .withChildren(Children.none().with("n1", leaf("long value")).with("other", leaf("")), 2);
        assertThat(parent.size()).isEqualTo(24 + 1 + 3 + 6);
    }

    @Test
    @DisplayName("S-GEN-2: value, permissions and the child list change the generation; a change further down does not")
    void whatChangesTheGeneration() {
        Node node = leaf("x");
        assertThat(node.withValue(Value.of("x"), 5).generation()).isEqualTo(5);
        assertThat(node.withPermissions(list("b0"), 6).generation()).isEqualTo(6);
        assertThat(node.withChildren(Children.none().with("k", leaf("")), 7).generation())
                .isEqualTo(7);
        Tree changed = tree.with(StorePath.of("/a/b"), leaf("C"));
        assertThat(changed.root().generation()).isEqualTo(tree.root().generation());
    }

    @Test
    @DisplayName("S-NODE-2, S-NODE-3: nodes are found by their path, special ones by their name")
    void findingNodes() {
        assertThat(valueOf(tree, StorePath.ROOT)).isEqualTo("root");
        assertThat(valueOf(tree, StorePath.of("/a/b"))).isEqualTo("B");
        assertThat(valueOf(tree, StorePath.of("/a/c"))).isEqualTo("-");
        assertThat(valueOf(tree, StorePath.of("/x/y/z"))).isEqualTo("-");
        assertThat(valueOf(tree, StorePath.of("/a/b/c/d"))).isEqualTo("-");
        assertThat(valueOf(tree, SpecialPath.INTRODUCE_DOMAIN)).isEqualTo("in");
        assertThat(valueOf(tree, SpecialPath.RELEASE_DOMAIN)).isEqualTo("re");
        assertThat(valueOf(tree, SpecialPath.RELEASE_DOMAIN.ofDomain(3))).isEqualTo("-");
        assertThat(tree.find(StorePath.of("/a/b/c"), 2)).isSameAs(tree.find(StorePath.of("/a/b")));
        assertThat(tree.existingDepth(StorePath.of("/a/b/c/d"))).isEqualTo(2);
        assertThat(tree.existingDepth(StorePath.of("/a/b"))).isEqualTo(2);
        assertThat(tree.existingDepth(StorePath.of("/x"))).isZero();
    }

    @Test
    void aChangedTreeSharesTheRestAndLeavesTheOldOneAlone() {
        Tree wide = tree.with(StorePath.of("/c"), leaf("C"));
        Tree changed = wide.with(StorePath.of("/a/b"), leaf("new"));
        assertThat(valueOf(wide, StorePath.of("/a/b"))).isEqualTo("B");
        assertThat(valueOf(changed, StorePath.of("/a/b"))).isEqualTo("new");
        assertThat(changed.find(StorePath.of("/c"))).isSameAs(wide.find(StorePath.of("/c")));
        assertThat(valueOf(changed.with(StorePath.ROOT, leaf("bare")), StorePath.of("/a")))
                .isEqualTo("-");
        assertThat(valueOf(changed.with(SpecialPath.RELEASE_DOMAIN, leaf("z")), SpecialPath.RELEASE_DOMAIN))
                .isEqualTo("z");
    }

    @Test
    @DisplayName("S-NODE-2: there is no node without a parent")
    void aNodeWithoutAParentIsAMistake() {
        assertThatIllegalArgumentException().isThrownBy(() -> tree.with(StorePath.of("/x/y"), leaf("")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tree.with(SpecialPath.RELEASE_DOMAIN.ofDomain(1), leaf("")));
    }

    @Test
    @DisplayName("S-CREATE-3: another owner takes over the letter; the other entries stay")
    void anotherOwnerTakesOverTheLetter() {
        assertThat(list("r1", "b2").withOwner(2)).isEqualTo(list("r2", "b2"));
        assertThat(list("r1", "b2").withOwner(2).owner()).isEqualTo(2);
        assertThat(list("r1", "b2").withOwner(2).defaultAccess()).isEqualTo(Access.READ);
        Permissions own = list("n7");
        assertThat(own.withOwner(7)).isSameAs(own);
    }

    @Test
    @DisplayName("S-DEATH-3: entries of a domain go, the owner's own stays")
    void entriesOfADomainGo() {
        assertThat(list("n1", "r2", "b1", "w2", "r3").without(2)).isEqualTo(list("n1", "b1", "r3"));
        assertThat(list("n1", "r2", "b1").without(1)).isEqualTo(list("n1", "r2"));
        Permissions others = list("n1", "r2");
        assertThat(others.without(3)).isSameAs(others);
        assertThatIllegalArgumentException().isThrownBy(() -> Permissions.of(List.of()));
    }
}
