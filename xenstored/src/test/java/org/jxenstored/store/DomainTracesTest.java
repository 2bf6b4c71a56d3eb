package org.jxenstored.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.protocol.StorePath;
import org.jxenstored.testing.Seeds;

class DomainTracesTest {
    /** More than 64, so that the summaries of subtrees mistake some domains for others. */
    private static final int DOMIDS = 150;

    private static List<StorePath> ownedTheSimpleWay(Tree tree, int domid) {
        List<StorePath> found = new ArrayList<>();
        for (RandomTrees.Place place : RandomTrees.walk(tree)) {
            boolean below = found.stream().anyMatch(each -> place.path().text().startsWith(each + "/"));
            if (place.node().owner() == domid && !place.path().isRoot() && !below) {
                found.add(place.path());
            }
        }
        return found;
    }

    @Test
    @DisplayName("S-DEATH-2: the topmost nodes a domain owns are found, all of them and no others")
    void ownedNodesAreFound() {
        Seeds.forEach(20, random -> {
            Tree tree = new RandomTrees(random, DOMIDS).tree(300);
            for (int domid = 0; domid < DOMIDS; domid++) {
                assertThat(new DomainTraces(domid).ownedIn(tree)).isEqualTo(ownedTheSimpleWay(tree, domid));
            }
        });
    }

    @Test
    @DisplayName("S-DEATH-3, S-DEATH-4, S-GEN-3: a domain's entries go; owners, values and generations stay")
    void grantsAreRemoved() {
        Seeds.forEach(20, random -> {
            Tree tree = new RandomTrees(random, DOMIDS).tree(200);
            int domid = random.nextInt(DOMIDS);
            UseByDomain change = new UseByDomain();
            Tree cleaned = new DomainTraces(domid).withoutGrants(tree, change);
            List<RandomTrees.Place> before = RandomTrees.walk(tree);
            List<RandomTrees.Place> after = RandomTrees.walk(cleaned);
            assertThat(after).hasSameSizeAs(before);
            for (int i = 0; i < before.size(); i++) {
                assertCleaned(before.get(i).node(), after.get(i).node(), domid);
                assertThat(after.get(i).path()).isEqualTo(before.get(i).path());
            }
            assertCleaned(tree.introduceDomain(), cleaned.introduceDomain(), domid);
            assertCleaned(tree.releaseDomain(), cleaned.releaseDomain(), domid);
            UseByDomain use = used(tree);
            use.add(change);
            assertThat(use).isEqualTo(used(cleaned));
        });
    }

    private static void assertCleaned(Node before, Node after, int domid) {
        assertThat(after.permissions()).isEqualTo(before.permissions().without(domid));
        assertThat(after.owner()).isEqualTo(before.owner());
        assertThat(after.value()).isEqualTo(before.value());
        assertThat(after.generation()).isEqualTo(before.generation());
    }

    @Test
    void aTreeThatNeverHeardOfTheDomainStaysTheSame() {
        Seeds.forEach(5, random -> {
            Tree tree = new RandomTrees(random, 60).tree(100);
            assertThat(new DomainTraces(63)
                            .withoutGrants(tree, new UseByDomain())
                            .root())
                    .isSameAs(tree.root());
            assertThat(new DomainTraces(63).ownedIn(tree)).isEmpty();
        });
    }

    @Test
    void theSummaryOfASubtreeNeverMissesADomain() {
        Seeds.forEach(10, random -> {
            Tree tree = shrunk(new RandomTrees(random, DOMIDS).tree(300), random);
            for (RandomTrees.Place place : RandomTrees.walk(tree)) {
                for (Grant grant : place.node().permissions()) {
                    for (int depth = 0; depth <= place.path().depth(); depth++) {
                        Node above = tree.find(place.path(), depth);
                        assertThat(above != null && above.mayName(grant.domid()))
                                .isTrue();
                    }
                }
            }
        });
    }

    /** Removes a third of the nodes again, so that the large directories have holes. */
    private static Tree shrunk(Tree full, Random random) {
        Tree tree = full;
        for (RandomTrees.Place place : RandomTrees.walk(full)) {
            Node parent = place.path().parent().map(tree::find).orElse(null);
            if (parent != null && random.nextInt(3) == 0) {
                tree = tree.with(
                        place.path().parent().orElseThrow(),
                        parent.withChildren(
                                parent.children().without(place.path().leaf()), 1));
            }
        }
        return tree;
    }

    @Test
    @DisplayName("S-NODE-5, S-QUOTA-7: use by owner is the nodes' number, and their sizes with their paths")
    void useIsCountedByOwner() {
        Seeds.forEach(10, random -> {
            Tree tree = new RandomTrees(random, 20).tree(150);
            Map<Integer, UseByDomain.Use> simple = new HashMap<>();
            for (RandomTrees.Place place : RandomTrees.walk(tree)) {
                int bytes = place.node().size() + place.path().text().length();
                simple.merge(
                        place.node().owner(),
                        new UseByDomain.Use(1, bytes),
                        (a, b) -> new UseByDomain.Use(a.nodes() + b.nodes(), a.bytes() + b.bytes()));
            }
            Map<Integer, UseByDomain.Use> counted = new HashMap<>();
            used(tree).forEach(counted::put);
            assertThat(counted).isEqualTo(simple);
        });
    }

    @Test
    void whatIsTakenOffTheBooksLeavesNothing() {
        Seeds.forEach(5, random -> {
            Tree tree = new RandomTrees(random, 20).tree(50);
            UseByDomain use = used(tree);
            use.addSubtree(StorePath.ROOT, tree.root(), -1);
            assertThat(use).isEqualTo(new UseByDomain());
        });
    }

    private static UseByDomain used(Tree tree) {
        UseByDomain use = new UseByDomain();
        use.addSubtree(StorePath.ROOT, tree.root(), 1);
        return use;
    }
}
