package org.jxenstored.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.protocol.Value;
import org.jxenstored.testing.Seeds;

class ChildrenTest {
    private static final Permissions CLOSED = Permissions.ownedBy(0);

    private static Node node(int number) {
        return Node.leaf(Value.of(Integer.toString(number)), CLOSED, number);
    }

    private static List<String> names(Children children) {
        List<String> names = new ArrayList<>();
        children.forEach(child -> names.add(child.getKey()));
        return names;
    }

    private static Children of(int count) {
        Children children = Children.none();
        for (int i = 0; i < count; i++) {
            children = children.with("c" + i, node(i));
        }
        return children;
    }

    private static void assertSame(Children children, Map<String, Node> model) {
        assertThat(children.size()).isEqualTo(model.size());
        assertThat(children.isEmpty()).isEqualTo(model.isEmpty());
        assertThat(children.namesSize())
                .isEqualTo(model.keySet().stream()
                        .mapToInt(name -> name.length() + 1)
                        .sum());
        assertThat(names(children)).containsExactlyElementsOf(model.keySet());
        model.forEach((name, node) -> assertThat(children.get(name)).as(name).isSameAs(node));
    }

    @Test
    @DisplayName("S-NODE-4: children are in order of creation; one that comes back is the last")
    void childrenAreInOrderOfCreation() {
        Children children =
                Children.none().with("b", node(1)).with("a", node(2)).with("c", node(3));
        assertThat(names(children)).containsExactly("b", "a", "c");
        assertThat(names(children.without("b").with("b", node(4)))).containsExactly("a", "c", "b");
    }

    @Test
    void aReplacedChildKeepsItsPlace() {
        for (int count : new int[] {3, 16, 17, 40, 2000}) {
            Node other = node(-1);
            Children changed = of(count).with("c1", other);
            assertThat(names(changed)).isEqualTo(names(of(count)));
            assertThat(changed.get("c1")).isSameAs(other);
        }
    }

    @Test
    void removingWhatIsNotThereChangesNothing() {
        for (int count : new int[] {0, 16, 17, 40}) {
            Children children = of(count);
            assertThat(children.without("missing")).isSameAs(children);
            assertThat(children.get("missing")).isNull();
        }
    }

    @Test
    void theSizesAroundTheChangeOfRepresentationBehaveAlike() {
        for (int count = 0; count < 50; count++) {
            Children children = of(count);
            Map<String, Node> model = new LinkedHashMap<>();
            children.forEach(child -> model.put(child.getKey(), child.getValue()));
            assertThat(names(children))
                    .containsExactlyElementsOf(
                            IntStream.range(0, count).mapToObj(i -> "c" + i).toList());
            for (int i = 0; i < count; i++) {
                children = children.without("c" + (i * 7 + 3) % count);
                model.remove("c" + (i * 7 + 3) % count);
                assertSame(children, model);
            }
        }
    }

    @Test
    void namesWithEqualHashesAreKeptApart() {
        List<String> equalHashes = collisions(6);
        assertThat(equalHashes)
                .hasSize(64)
                .allMatch(name -> name.hashCode() == equalHashes.getFirst().hashCode());
        Children children = Children.none();
        Map<String, Node> model = new LinkedHashMap<>();
        for (String name : equalHashes) {
            Node node = node(model.size());
            children = children.with(name, node);
            model.put(name, node);
            assertSame(children, model);
        }
        assertThat(children.get("AaAaAaAaAaBC")).isNull();
        assertThat(children.get("C#AaAaAaAaAa")).as("same hash, never added").isNull();
        for (String name : equalHashes) {
            children = children.without(name);
            model.remove(name);
            assertSame(children, model);
        }
    }

    /** Names made of Aa and BB, whose hashes are equal. */
    private static List<String> collisions(int pairs) {
        List<String> names = List.of("");
        for (int i = 0; i < pairs; i++) {
            names = names.stream()
                    .flatMap(name -> List.of(name + "Aa", name + "BB").stream())
                    .toList();
        }
        return names;
    }

    @Test
    void thousandsOfRandomChangesAgreeWithASimpleModel() {
        Seeds.forEach(10, random -> {
            Children children = Children.none();
            Map<String, Node> model = new LinkedHashMap<>();
            int names = 1 + random.nextInt(400);
            for (int i = 0; i < 3000; i++) {
                String name = name(random, names);
                boolean growing = (i / 500) % 2 == 0;
                if (random.nextInt(4) < (growing ? 3 : 1)) {
                    Node node = node(i);
                    children = children.with(name, node);
                    model.put(name, node);
                } else {
                    children = children.without(name);
                    model.remove(name);
                }
                assertThat(children.get(name)).isSameAs(model.get(name));
                if (i % 50 == 0) {
                    assertSame(children, model);
                }
            }
            assertSame(children, model);
        });
    }

    private static String name(Random random, int names) {
        int number = random.nextInt(names);
        return random.nextInt(3) == 0 ? collisions(4).get(number % 16) : "k" + number;
    }

    @Test
    void olderVersionsNeverChange() {
        Seeds.forEach(5, random -> {
            List<Children> versions = new ArrayList<>();
            List<Map<String, Node>> models = new ArrayList<>();
            Children children = Children.none();
            Map<String, Node> model = new LinkedHashMap<>();
            for (int i = 0; i < 600; i++) {
                String name = "k" + random.nextInt(60);
                if (random.nextBoolean()) {
                    children = children.with(name, node(i));
                    model.put(name, children.get(name));
                } else {
                    children = children.without(name);
                    model.remove(name);
                }
                versions.add(children);
                models.add(new LinkedHashMap<>(model));
            }
            for (int i = 0; i < versions.size(); i += 7) {
                assertSame(versions.get(i), models.get(i));
            }
        });
    }

    @Test
    void aDirectoryOfManyThousandsWorks() {
        Children children = of(40_000);
        assertThat(children.size()).isEqualTo(40_000);
        assertThat(children.get("c39999")).isNotNull();
        assertThat(names(children).get(33_000)).isEqualTo("c33000");
        for (int i = 0; i < 39_990; i++) {
            children = children.without("c" + i);
        }
        assertThat(names(children)).hasSize(10).startsWith("c39990");
    }

    @Test
    void anIteratorEnds() {
        for (int count : new int[] {0, 3, 16, 17, 33, 64}) {
            Iterator<Map.Entry<String, Node>> iterator = of(count).iterator();
            for (int i = 0; i < count; i++) {
                iterator.next();
            }
            assertThat(iterator.hasNext()).isFalse();
            assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(iterator::next);
        }
    }
}
