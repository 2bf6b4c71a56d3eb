package org.jxenstored.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.protocol.Access;
import org.jxenstored.protocol.Permission;
import org.jxenstored.protocol.StorePath;
import org.jxenstored.protocol.Value;
import org.jxenstored.testing.Seeds;

class SharingTest {
    @SuppressWarnings("StringOperationCanBeSimplified") // an equal text that is another object
    private static String another(String text) {
        return new String(text);
    }

    @Test
    void equalThingsBecomeOne() {
        Sharing<String> sharing = new Sharing<>(16);
        String first = another("state");
        assertThat(sharing.shared(first)).isSameAs(first);
        assertThat(sharing.shared(another("state"))).isSameAs(first);
        assertThat(sharing.shared("online")).isEqualTo("online");
    }

    @Test
    void twoThingsInOneSetDoNotDriveEachOtherOut() {
        Sharing<String> sharing = new Sharing<>(2);
        String first = another("a");
        String second = another("b");
        for (int i = 0; i < 5; i++) {
            assertThat(sharing.shared(i == 0 ? first : another("a"))).isSameAs(first);
            assertThat(sharing.shared(i == 0 ? second : another("b"))).isSameAs(second);
        }
    }

    @Test
    void whatWasNotSeenForLongIsForgotten() {
        Sharing<String> sharing = new Sharing<>(2);
        String first = sharing.shared(another("a"));
        sharing.shared("b");
        sharing.shared("c");
        String again = another("a");
        assertThat(sharing.shared(again)).isSameAs(again).isNotSameAs(first);
    }

    @Test
    void whateverComesBackIsEqual() {
        Seeds.forEach(5, random -> {
            Sharing<Integer> sharing = new Sharing<>(64);
            for (int i = 0; i < 2000; i++) {
                Integer thing = random.nextInt(200) * 1_000_003;
                assertThat(sharing.shared(thing)).isEqualTo(thing);
            }
        });
    }

    @Test
    void theSameNameBelowManyParentsIsOneObject() {
        Node leaf = Node.leaf(Value.EMPTY, Permissions.ownedBy(0), 1);
        for (String name : List.of("a-name-below-two-parents", "x".repeat(200))) {
            Children one = Children.none().with(another(name), leaf);
            Children other = Children.none().with(another(name), leaf);
            assertThat(one.iterator().next().getKey())
                    .isEqualTo(other.iterator().next().getKey());
            if (name.length() < 100) {
                assertThat(one.iterator().next().getKey())
                        .isSameAs(other.iterator().next().getKey());
            }
        }
    }

    @Test
    @DisplayName("P-PERM-1: equal lists are one object, other owners and letters are other lists")
    void equalPermissionListsAreOneObject() {
        Permissions list = list(Access.NONE, 5, 7, false);
        assertThat(list(Access.NONE, 5, 7, false)).isSameAs(list);
        assertThat(list(Access.NONE, 6, 7, false).withOwner(5)).isSameAs(list);
        assertThat(list(Access.READ, 5, 7, false)).isNotEqualTo(list);
        assertThat(list(Access.NONE, 5, 7, true)).isNotEqualTo(list);
    }

    private static Permissions list(Access access, int owner, int other, boolean stale) {
        return Permissions.of(
                List.of(Grant.of(new Permission(access, owner)), new Grant(new Permission(Access.BOTH, other), stale)));
    }

    @Test
    void theSummaryOfASubtreeShrinksWithIt() {
        for (int count : new int[] {3, 16, 17, 100, 2000}) {
            Tree tree = new Tree(leafOf(0), leafOf(0), leafOf(0));
            for (int i = 0; i < count; i++) {
                tree = tree.with(StorePath.of("/n" + i), leafOf(0));
            }
            Tree named = tree.with(StorePath.of("/n2"), leafOf(9));
            assertThat(named.root().mayName(9)).isTrue();
            assertThat(named.with(StorePath.of("/n1"), leafOf(0)).root().mayName(9))
                    .isTrue();
            assertThat(named.with(StorePath.of("/n2"), leafOf(0)).root().mayName(9))
                    .isFalse();
            assertThat(withoutChild(named, "n2").mayName(9)).isFalse();
            assertThat(withoutChild(named, "n1").mayName(9)).isTrue();
        }
    }

    private static Node leafOf(int domid) {
        return Node.leaf(Value.EMPTY, Permissions.ownedBy(domid), 1);
    }

    private static Node withoutChild(Tree tree, String name) {
        Node root = Objects.requireNonNull(tree.find(StorePath.ROOT));
        return root.withChildren(root.children().without(name), 2);
    }
}
