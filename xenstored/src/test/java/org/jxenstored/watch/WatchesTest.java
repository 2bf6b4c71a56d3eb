package org.jxenstored.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.protocol.NodePath;
import org.jxenstored.protocol.SpecialPath;
import org.jxenstored.protocol.StorePath;
import org.jxenstored.protocol.Value;
import org.jxenstored.store.Node;
import org.jxenstored.store.Permissions;
import org.jxenstored.store.RandomTrees;
import org.jxenstored.store.Tree;
import org.jxenstored.testing.Seeds;
import org.jxenstored.watch.RecordingWatcher.Event;

class WatchesTest {
    private static final Node OPEN = Node.leaf(Value.of("open"), Permissions.ownedBy(0), 1);
    private static final Node SECRET = Node.leaf(Value.of("secret"), Permissions.ownedBy(0), 1);

    private final Watches watches = new Watches();
    private final List<Event> events = new ArrayList<>();
    private final RecordingWatcher first = watcher(1);
    private final RecordingWatcher second = watcher(2);
    private long lastNumber;

    private RecordingWatcher watcher(int order) {
        return new RecordingWatcher(order, node -> node == OPEN, events);
    }

    private Watch set(RecordingWatcher watcher, String path, int depth) {
        Watch watch = watcher.watch(path, path + "^" + depth, depth, ++lastNumber);
        watches.add(watch);
        return watch;
    }

    private Watch set(RecordingWatcher watcher, String path) {
        return set(watcher, path, Watch.ANY_DEPTH);
    }

    private static NodePath path(String text) {
        return NodePath.parse(text, "/").orElseThrow();
    }

    private List<String> tokensFor(String changed, boolean exact) {
        events.clear();
        watches.announce(List.of(new Change.Touched(path(changed), exact, () -> List.of(OPEN))));
        return events.stream().map(Event::token).toList();
    }

    private List<String> tokensFor(String changed) {
        return tokensFor(changed, false);
    }

    @Test
    @DisplayName("S-MATCH-1: a watch hears of its path and of all below it")
    void aWatchHearsOfItsSubtree() {
        set(first, "/a");
        assertThat(tokensFor("/a")).containsExactly("/a^-1");
        assertThat(tokensFor("/a/b/c")).containsExactly("/a^-1");
        assertThat(tokensFor("/ab")).isEmpty();
        assertThat(tokensFor("/")).isEmpty();
        assertThat(tokensFor("/b/a")).isEmpty();
    }

    @Test
    @DisplayName("S-MATCH-1, S-MATCH-3: a watch on / hears of the whole tree, but not of special names")
    void aWatchOnTheRootHearsOfTheTree() {
        set(first, "/");
        assertThat(tokensFor("/")).hasSize(1);
        assertThat(tokensFor("/a/b")).hasSize(1);
        assertThat(tokensFor("@releaseDomain")).isEmpty();
        watches.announcePlain(SpecialPath.RELEASE_DOMAIN, List.of(OPEN));
        watches.announceDomain(SpecialPath.RELEASE_DOMAIN, 3, List.of(OPEN));
        assertThat(events).isEmpty();
    }

    @Test
    @DisplayName("S-MATCH-2, S-DEPTH-1: an exact match is on equal paths, whatever the depth")
    void anExactMatchIsOnEqualPaths() {
        set(first, "/a", 0);
        set(first, "/a");
        set(first, "/");
        assertThat(tokensFor("/a", true)).containsExactly("/a^0", "/a^-1");
        assertThat(tokensFor("/a/b", true)).isEmpty();
        assertThat(tokensFor("/", true)).containsExactly("/^-1");
    }

    @Test
    @DisplayName("S-DEPTH-1, S-DEPTH-2: a depth limits how far below the path a watch hears")
    void aDepthLimitsTheSubtree() {
        set(first, "/a", 0);
        set(first, "/a", 1);
        set(first, "/", 1);
        set(first, "/", 0);
        assertThat(tokensFor("/a")).containsExactly("/a^0", "/a^1", "/^1");
        assertThat(tokensFor("/a/b")).containsExactly("/a^1");
        assertThat(tokensFor("/ab")).containsExactly("/^1");
        assertThat(tokensFor("/a/b/c")).isEmpty();
        assertThat(tokensFor("/")).containsExactly("/^1", "/^0");
    }

    @Test
    @DisplayName("S-MATCH-4, S-MATCH-5: every matching watch is told, by connection, then by registration")
    void theOrderOfDelivery() {
        set(second, "/a/b");
        set(first, "/a/b");
        set(second, "/");
        set(first, "/a");
        set(first, "/");
        tokensFor("/a/b");
        assertThat(events)
                .extracting(Event::toString)
                .containsExactly("1:/a/b /a/b^-1", "1:/a/b /a^-1", "1:/a/b /^-1", "2:/a/b /a/b^-1", "2:/a/b /^-1");
    }

    @Test
    @DisplayName("S-FILT-1: one readable node lets an event pass; each watcher is asked once, not each watch")
    void thePermissionFilter() {
        set(first, "/a");
        set(first, "/a/b");
        set(first, "/");
        watches.announce(List.of(new Change.Touched(path("/a/b"), false, () -> List.of(SECRET, SECRET))));
        assertThat(events).isEmpty();
        assertThat(first.timesAsked()).isEqualTo(2);
        watches.announce(List.of(new Change.Touched(path("/a/b"), false, () -> List.of(SECRET, OPEN))));
        assertThat(events).hasSize(3);
        assertThat(first.timesAsked()).isEqualTo(4);
        watches.announce(List.of(new Change.Touched(path("/a/b"), false, () -> List.of())));
        assertThat(events).hasSize(3);
    }

    @Test
    void aRemovedWatchHearsNothingMore() {
        Watch above = set(first, "/a");
        Watch below = set(first, "/a/b/c");
        Watch special = set(first, "@releaseDomain");
        watches.remove(above);
        assertThat(tokensFor("/a/b/c")).containsExactly("/a/b/c^-1");
        watches.remove(below);
        watches.remove(below);
        watches.remove(special);
        watches.remove(special);
        assertThat(tokensFor("/a/b/c")).isEmpty();
        watches.announcePlain(SpecialPath.RELEASE_DOMAIN, List.of(OPEN));
        assertThat(events).isEmpty();
        assertThat(watches.all()).isEmpty();
    }

    @Test
    @DisplayName("S-SPEC-3, S-SPEC-4: plain events go to watches without depth, events with a domid to the others")
    void theTwoFlavoursOfSpecialEvents() {
        set(first, "@releaseDomain");
        set(first, "@releaseDomain", 0);
        set(first, "@releaseDomain", 1);
        set(first, "@releaseDomain/7");
        set(first, "@releaseDomain/7", 0);
        set(first, "@releaseDomain/8");
        set(first, "@introduceDomain");
        watches.announcePlain(SpecialPath.RELEASE_DOMAIN, List.of(OPEN));
        assertThat(events).extracting(Event::toString).containsExactly("1:@releaseDomain @releaseDomain^-1");
        events.clear();
        watches.announceDomain(SpecialPath.RELEASE_DOMAIN, 7, List.of(OPEN));
        assertThat(events)
                .extracting(Event::toString)
                .containsExactly(
                        "1:@releaseDomain/7 @releaseDomain^1",
                        "1:@releaseDomain/7 @releaseDomain/7^-1",
                        "1:@releaseDomain/7 @releaseDomain/7^0");
    }

    @Test
    @DisplayName("S-SPEC-6: special events pass the filter as all others do")
    void specialEventsAreFiltered() {
        set(first, "@releaseDomain");
        set(first, "@releaseDomain", 1);
        watches.announcePlain(SpecialPath.RELEASE_DOMAIN, List.of(SECRET));
        watches.announceDomain(SpecialPath.RELEASE_DOMAIN, 7, List.of(SECRET));
        assertThat(events).isEmpty();
    }

    @Test
    @DisplayName("S-WATCH-9, S-MATCH-3: changed permissions of a special name reach watches on it, and on @")
    void changedPermissionsOfASpecialName() {
        set(first, "@");
        set(first, "@releaseDomain", 0);
        set(first, "@releaseDomain/7");
        set(first, "@release");
        assertThat(tokensFor("@releaseDomain")).containsExactly("@^-1", "@releaseDomain^0");
    }

    @Test
    @DisplayName("S-RM-2, S-RM-3: below a removed node only exact paths are told, children before parents")
    void whatStoodBelowARemovedNode() {
        Tree tree = new Tree(OPEN, OPEN, OPEN);
        for (String each : List.of("/t", "/t/a", "/t/a/b", "/t/a/b/c", "/t/d")) {
            tree = tree.with(StorePath.of(each), OPEN);
        }
        for (String each : List.of("/", "/t", "/t/a", "/t/a/b", "/t/a/b/c", "/t/d", "/t/nothing")) {
            set(first, each);
        }
        StorePath root = StorePath.of("/t");
        Node removed = Objects.requireNonNull(tree.root().children().get("t"));
        var open = new RecordingWatcher(3, _ -> true, events);
        set(open, "/t/d");
        watches.announce(List.of(new Change.DescendantsRemoved(root, removed, true, StorePath.of("/t/a/b")::equals)));
        assertThat(events)
                .extracting(Event::toString)
                .containsExactly("1:/t/a/b/c /t/a/b/c^-1", "1:/t/d /t/d^-1", "3:/t/d /t/d^-1");
    }

    @Test
    @DisplayName("S-REL-1, P-EVENT-1: who watches a relative path sees relative paths")
    void relativePathsAreShownRelative() {
        StorePath data = StorePath.of("/local/domain/5/data");
        Watch relative = new Watch(first, 1, data, "t", Watch.ANY_DEPTH, true);
        Watch absolute = new Watch(first, 1, data, "t", Watch.ANY_DEPTH, false);
        assertThat(relative.shown("/local/domain/5/data/x", "/local/domain/5")).isEqualTo("data/x");
        assertThat(absolute.shown("/local/domain/5/data/x", "/local/domain/5")).isEqualTo("/local/domain/5/data/x");
        assertThat(absolute.size()).as("S-QUOTA-7: path and token").isEqualTo(21);
    }

    @Test
    void randomChangesReachWhomANaiveListWouldTell() {
        Seeds.forEach(30, this::compareWithANaiveList);
    }

    private void compareWithANaiveList(Random random) {
        Watches index = new Watches();
        List<Watch> naive = new ArrayList<>();
        List<Event> told = new ArrayList<>();
        List<RecordingWatcher> watchers = List.of(
                new RecordingWatcher(3, node -> node.owner() % 2 == 0, told),
                new RecordingWatcher(1, _ -> true, told),
                new RecordingWatcher(2, node -> node.owner() == 1, told));
        RandomTrees trees = new RandomTrees(random, 3);
        for (int i = 0; i < 300; i++) {
            Tree tree = trees.tree(15);
            List<RandomTrees.Place> places = RandomTrees.walk(tree);
            RandomTrees.Place place = places.get(random.nextInt(places.size()));
            switch (random.nextInt(3)) {
                case 0 -> {
                    int depth = random.nextInt(5) - 1;
                    Watch watch =
                            watchers.get(random.nextInt(3)).watch(place.path().text(), "t" + i, depth, i);
                    index.add(watch);
                    naive.add(watch);
                }
                case 1 -> {
                    if (!naive.isEmpty() && random.nextInt(3) == 0) {
                        index.remove(naive.removeLast());
                    }
                }
                default -> {
                    boolean exact = random.nextBoolean();
                    told.clear();
                    index.announce(List.of(
                            new Change.Touched(place.path(), exact, () -> List.of(place.node())),
                            new Change.DescendantsRemoved(place.path(), place.node(), true, _ -> false)));
                    List<Event> expected = new ArrayList<>(touched(naive, place, exact));
                    addRemovedBelow(expected, naive, place.path(), place.node());
                    assertThat(told).isEqualTo(expected);
                }
            }
        }
        assertThat(index.all()).containsExactlyInAnyOrderElementsOf(naive);
    }

    private static List<Event> touched(List<Watch> watches, RandomTrees.Place place, boolean exact) {
        String changed = place.path().text();
        return tell(
                watches.stream()
                        .filter(watch -> exact ? watch.path().text().equals(changed) : matches(watch, changed))
                        .toList(),
                changed,
                place.node(),
                place.node());
    }

    private static boolean matches(Watch watch, String changed) {
        String watched = watch.path().text();
        String prefix = watched.equals("/") ? "/" : watched + "/";
        if (watched.equals(changed)) {
            return true;
        }
        long below = changed.startsWith(prefix)
                ? changed.substring(prefix.length())
                                .chars()
                                .filter(c -> c == '/')
                                .count()
                        + 1
                : Long.MAX_VALUE;
        return below != Long.MAX_VALUE && (watch.depth() == Watch.ANY_DEPTH || below <= watch.depth());
    }

    private static void addRemovedBelow(List<Event> events, List<Watch> watches, StorePath path, Node node) {
        for (Map.Entry<String, Node> child : node.children()) {
            StorePath below = path.child(child.getKey());
            addRemovedBelow(events, watches, below, child.getValue());
            List<Watch> exact =
                    watches.stream().filter(watch -> watch.path().equals(below)).toList();
            events.addAll(tell(exact, below.text(), child.getValue(), node));
        }
    }

    private static List<Event> tell(List<Watch> watches, String path, Node node, Node other) {
        return watches.stream()
                .sorted(Comparator.comparingLong(
                                (Watch watch) -> watch.watcher().order())
                        .thenComparingLong(Watch::order))
                .filter(watch ->
                        watch.watcher().mayRead(node) || watch.watcher().mayRead(other))
                .map(watch -> new Event(watch.watcher().order(), path, watch.token()))
                .toList();
    }
}
