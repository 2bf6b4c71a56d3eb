package org.jxenstored.it.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.client.Transaction;
import org.jxenstored.client.TreeNode;
import org.jxenstored.domain.QuotaName;
import org.jxenstored.it.life.AdvisoryTest;
import org.jxenstored.it.life.HostileGuest;
import org.jxenstored.it.life.Machine;
import org.jxenstored.it.life.OnEveryMachine;
import org.jxenstored.protocol.Access;
import org.jxenstored.protocol.Limits;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.protocol.Permission;
import org.jxenstored.protocol.Value;

/** Paths that are too long, too deep, or not quite paths. */
@OnEveryMachine
final class PathAdvisoriesTest extends AdvisoryTest {
    /** A guest gets this far below its {@code data}, two bytes for each level. */
    private static final int GUEST_LEVELS = (Limits.RELATIVE_PATH_MAX - "data".length()) / 2;

    private static final int LEVELS = 1500;

    PathAdvisoriesTest(Machine machine) {
        super(machine);
    }

    /** A relative path of this length, in levels of 64 bytes, so that no node is too large. */
    private static String path(int length) {
        StringBuilder path = new StringBuilder("data");
        while (path.length() < length) {
            int left = length - path.length() - 1;
            // A single byte left over could only be a slash.
            path.append('/').append(HostileGuest.text(left == 64 ? 62 : Math.min(63, left)));
        }
        return path.toString();
    }

    // A relative path was measured before the guest's home stood in front of it. The nodes made so had names longer
    // than any client could ask for, the toolstack's included.
    @Test
    @DisplayName("XSA-323: a path is as long below the home as it may be, however it is spelled, and can be cleaned up")
    void theLengthOfRelativePaths() throws Exception {
        HostileGuest guest = hostile();
        String longest = path(Limits.RELATIVE_PATH_MAX);
        String tooLong = path(Limits.RELATIVE_PATH_MAX + 1);
        assertThat(guest.write(tooLong, "x")).isEqualTo("EINVAL");
        assertThat(guest.write(home(guest, tooLong), "x")).isEqualTo("EINVAL");
        assertThat(guest.ask(MessageType.WATCH, tooLong, "t")).isEqualTo("EINVAL");
        assertThat(guest.write(path(3000), "x")).isEqualTo("EINVAL");
        assertThat(guest.write("/" + HostileGuest.text(Limits.RELATIVE_PATH_MAX), "x"))
                .isEqualTo("EINVAL");
        assertThat(guest.write(longest, "x")).isEqualTo("OK");
        assertThat(guest.read(home(guest, longest))).isEqualTo("x");
        assertThat(toolstack().readText(home(guest, longest))).isEqualTo("x");
        TreeNode tree = toolstack().tree(home(guest, "data"));
        assertThat(tree.children()).hasSize(1);
        toolstack().remove(home(guest, "data"));
        assertThat(counted(guest, QuotaName.NODES)).isZero();
    }

    // Code that looked for the number behind /local/domain/ relied on there being one.
    @Test
    @DisplayName("XSA-481: /local/domain/ without a number, or with something else, is a malformed or a foreign path")
    void theHomeOfNobody() throws Exception {
        HostileGuest guest = hostile();
        for (String path : List.of(
                "/local/domain/", "/local/domain//", "/local/domain/x/", "local/domain/", "/local/domain/65536/")) {
            every(guest, path, "EINVAL", "EINVAL", "EINVAL");
        }
        for (String path : List.of(
                "/local/domain",
                "/local/domain/x",
                "/local/domain/123456/x",
                "/local/domain/-1/x",
                "/local/domain/99999/x")) {
            every(guest, path, "EACCES", "OK", "OK");
        }
        othersAreServed();
    }

    private static void every(HostileGuest guest, String path, String nodes, String watch, String unwatch)
            throws InterruptedException {
        for (int transaction : List.of(0, guest.begin())) {
            for (MessageType type : List.of(
                    MessageType.READ,
                    MessageType.DIRECTORY,
                    MessageType.GET_PERMS,
                    MessageType.MKDIR,
                    MessageType.RM)) {
                assertThat(guest.ask(transaction, type, path))
                        .as("%s %s", type, path)
                        .isEqualTo(nodes);
            }
            assertThat(guest.write(transaction, path, "x")).as(path).isEqualTo(nodes);
            assertThat(guest.ask(transaction, MessageType.DIRECTORY_PART, path, "0"))
                    .as(path)
                    .isEqualTo(nodes);
            assertThat(guest.ask(transaction, MessageType.SET_PERMS, path, "n" + guest.domid()))
                    .as(path)
                    .isEqualTo(nodes);
            if (transaction != 0) {
                assertThat(guest.abort(transaction)).isEqualTo("OK");
            }
        }
        assertThat(guest.ask(MessageType.WATCH, path, "t")).as(path).isEqualTo(watch);
        assertThat(guest.ask(MessageType.UNWATCH, path, "t")).as(path).isEqualTo(unwatch);
    }

    // Removing a tree took a bit of the stack for each level, and a guest could make more levels than there was stack.
    @Test
    @DisplayName("XSA-418: a guest's tree of a thousand levels is made, listed, checked, removed, committed, and dies")
    void aThousandLevelsOfAGuest() throws Exception {
        HostileGuest guest = hostile();
        toolstack().setQuota(guest.domid(), "nodes", 5000);
        toolstack().setQuota(guest.domid(), "transaction-nodes", 5000);
        toolstack().setQuota(guest.domid(), "memory", 10_000_000);
        String deepest = "data" + "/d".repeat(GUEST_LEVELS);
        assertThat(guest.ask(MessageType.WATCH, "data/d/d", "t")).isEqualTo("OK");
        assertThat(guest.ask(MessageType.WATCH, deepest, "t")).isEqualTo("OK");
        assertThat(guest.write(deepest, "x")).isEqualTo("OK");
        assertThat(depth(toolstack().tree(home(guest, "data")))).isEqualTo(GUEST_LEVELS);
        assertThat(toolstack().control("check")).isEqualTo("OK");
        assertThat(guest.ask(MessageType.RM, "data/d")).isEqualTo("OK");
        assertThat(counted(guest, QuotaName.NODES)).isEqualTo(1);
        assertThat(guest.events()).contains(deepest + " t", "data/d/d t");
        int transaction = guest.begin();
        assertThat(guest.write(transaction, deepest, "x")).isEqualTo("OK");
        assertThat(guest.ask(transaction, MessageType.RM, "data/d")).isEqualTo("OK");
        assertThat(guest.write(transaction, deepest, "y")).isEqualTo("OK");
        toolstack().write("/meanwhile", "x");
        assertThat(guest.commit(transaction)).isEqualTo("OK");
        assertThat(guest.read(deepest)).isEqualTo("y");
        destroy(guest);
        assertThat(toolstack().exists(home(guest, "data"))).isFalse();
    }

    // The same with more levels than a guest can make: dom0 may, and a guest's nodes and rights may be down there.
    @Test
    @DisplayName("XSA-418: 1,500 levels with a guest's rights and nodes at their end")
    void fifteenHundredLevels() throws Exception {
        HostileGuest guest = hostile();
        int nodes = nodes();
        String top = "/t";
        String deepest = top + "/t".repeat(LEVELS);
        String last = deepest + "/own";
        toolstack().write(deepest, "x");
        toolstack().setPermissions(deepest, DOM0S, new Permission(Access.BOTH, guest.domid()));
        assertThat(guest.write(deepest, "short"))
                .as("longer than a guest may ask for")
                .isEqualTo("EINVAL");
        toolstack().write(last, "x");
        toolstack().setPermissions(last, new Permission(Access.NONE, guest.domid()));
        assertThat(depth(toolstack().tree(top))).isEqualTo(LEVELS + 1);
        assertThat(toolstack().control("check")).isEqualTo("OK");
        destroy(guest);
        assertThat(toolstack().exists(last)).isFalse();
        assertThat(toolstack().getPermissions(deepest)).containsExactly(DOM0S);
        HostileGuest watcher = hostile();
        toolstack().setPermissions(top, new Permission(Access.NONE, watcher.domid()));
        try (Transaction transaction = toolstack().transaction()) {
            transaction.remove(top);
            transaction.write(deepest, "y");
            transaction.remove(top);
            toolstack().write("/tool/meanwhile", "x");
            transaction.commit();
        }
        assertThat(toolstack().exists(top)).isFalse();
        toolstack().write(deepest, "x");
        toolstack().setPermissions(top, new Permission(Access.BOTH, watcher.domid()));
        assertThat(watcher.ask(0, MessageType.RM, Value.of(top + "\0")))
                .as("all of it")
                .isEqualTo("OK");
        toolstack().remove("/tool/meanwhile");
        destroy(watcher);
        toolstack().remove("/local/domain/" + guest.domid());
        toolstack().remove("/local/domain/" + watcher.domid());
        assertThat(nodes()).isEqualTo(nodes - 2);
    }

    private static int depth(TreeNode top) {
        int depth = 0;
        for (TreeNode node = top;
                !node.children().isEmpty();
                node = node.children().getFirst()) {
            depth++;
        }
        return depth;
    }
}
