package org.jxenstored.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.protocol.Permission;
import org.jxenstored.protocol.Value;

@DisplayName("semantics.md 2: what a caller may do with a node")
class RightsTest {
    private static final Births EVERYBODY_LIVES = (_, _) -> true;
    private static final Rights NOTHING = new Rights(false, false, false);
    private static final Rights READ = new Rights(true, false, false);
    private static final Rights WRITE = new Rights(false, true, false);
    private static final Rights BOTH = new Rights(true, true, false);

    private static Subject guest(int domid) {
        return new Subject(domid, Subject.NO_TARGET, false);
    }

    private static Subject stub(int domid, int target) {
        return new Subject(domid, target, false);
    }

    /** A node with these entries; one that starts with {@code !} is stale. */
    private static Node node(String... entries) {
        List<Grant> grants = new ArrayList<>();
        for (String entry : entries) {
            boolean stale = entry.startsWith("!");
            grants.add(new Grant(
                    Permission.parse(stale ? entry.substring(1) : entry).orElseThrow(), stale));
        }
        return Node.leaf(Value.EMPTY, Permissions.of(grants), 10);
    }

    private static Rights rights(Subject subject, String... entries) {
        return Rights.of(subject, node(entries), EVERYBODY_LIVES);
    }

    @Test
    @DisplayName("S-PERM-1: the control domain may do everything")
    void theControlDomainMayDoEverything() {
        assertThat(rights(new Subject(0, Subject.NO_TARGET, true), "n5", "n0")).isEqualTo(Rights.ALL);
    }

    @Test
    @DisplayName("S-PERM-2, S-PERM-10: the owner and who serves it may do everything, whatever the letter")
    void theOwnerMayDoEverything() {
        assertThat(rights(guest(5), "n5")).isEqualTo(Rights.ALL);
        assertThat(rights(guest(5), "n5", "n5")).isEqualTo(Rights.ALL);
        assertThat(rights(stub(1, 5), "n5")).isEqualTo(Rights.ALL);
        assertThat(rights(guest(5), "n32757")).isEqualTo(Rights.ALL);
    }

    @Test
    @DisplayName("S-PERM-3: the first entry that names the caller decides alone")
    void theFirstEntryDecides() {
        assertThat(rights(guest(1), "n0", "r1", "b1")).isEqualTo(READ);
        assertThat(rights(guest(1), "b0", "n1")).isEqualTo(NOTHING);
        assertThat(rights(guest(1), "n0", "w32757", "b1")).isEqualTo(WRITE);
    }

    @Test
    @DisplayName("S-PERM-4: without an entry the owner's letter is everybody's")
    void theOwnersLetterIsTheDefault() {
        assertThat(rights(guest(1), "n0", "b2")).isEqualTo(NOTHING);
        assertThat(rights(guest(1), "r0")).isEqualTo(READ);
        assertThat(rights(guest(1), "w0")).isEqualTo(WRITE);
        assertThat(rights(guest(1), "b0")).isEqualTo(BOTH);
    }

    @Test
    @DisplayName("S-PERM-5: with a target the order of the entries matters")
    void withATargetTheOrderMatters() {
        assertThat(rights(stub(1, 2), "n0", "r2", "b1")).isEqualTo(READ);
        assertThat(rights(stub(1, 2), "n0", "b1", "r2")).isEqualTo(BOTH);
        assertThat(rights(guest(1), "n0", "r2", "b1")).isEqualTo(BOTH);
    }

    @Test
    @DisplayName("S-PERM-6: stale entries grant nothing and are passed over")
    void staleEntriesGrantNothing() {
        assertThat(rights(guest(1), "n0", "!b1")).isEqualTo(NOTHING);
        assertThat(rights(guest(1), "n0", "!b1", "r1")).isEqualTo(READ);
        assertThat(rights(guest(1), "r0", "!b32757")).isEqualTo(READ);
    }

    @Test
    @DisplayName("S-PERM-6b: an entry older than its domain grants nothing")
    void anEntryOlderThanItsDomainGrantsNothing() {
        Births bornAt11 = (domid, generation) -> domid != 1 || generation >= 11;
        Node node = node("n0", "b1");
        assertThat(Rights.of(guest(1), node, bornAt11)).isEqualTo(NOTHING);
        assertThat(Rights.of(guest(1), node.withValue(Value.EMPTY, 11), bornAt11))
                .isEqualTo(BOTH);
    }

    @Test
    @DisplayName("S-PERM-9: the entry for everybody does not depend on any domain's life")
    void theEntryForEverybodyNeverAges() {
        Births nobodyLives = (_, _) -> false;
        assertThat(Rights.of(guest(1), node("n0", "r32757"), nobodyLives)).isEqualTo(READ);
        assertThat(Rights.of(guest(1), node("n1"), nobodyLives))
                .as("S-PERM-8: an owner is never stale")
                .isEqualTo(Rights.ALL);
    }

    @Test
    @DisplayName("S-PERM-6, L-INFO: no target does not match any entry")
    void noTargetMatchesNothing() {
        assertThat(rights(guest(1), "n0", "b65535")).isEqualTo(NOTHING);
    }

    @Test
    void wantedRightsAreCompared() {
        assertThat(BOTH.include(READ)).isTrue();
        assertThat(READ.include(BOTH)).isFalse();
        assertThat(Rights.ALL.include(new Rights(false, true, true))).isTrue();
        assertThat(WRITE.includeAnyOf(new Rights(false, true, true))).isTrue();
        assertThat(READ.includeAnyOf(new Rights(false, true, true))).isFalse();
        assertThat(NOTHING.include(NOTHING)).isTrue();
    }
}
