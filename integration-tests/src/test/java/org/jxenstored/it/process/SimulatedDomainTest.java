package org.jxenstored.it.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.jxenstored.client.AccessDeniedException;
import org.jxenstored.client.Endpoint;
import org.jxenstored.client.Notification;
import org.jxenstored.client.Reconnection;
import org.jxenstored.client.TreeNode;
import org.jxenstored.client.WatchQueue;
import org.jxenstored.client.XenstoreClient;

/** The life of a simulated domain, as toolstack and tools see it through the daemon. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class SimulatedDomainTest {
    private static final String HOME = "/local/domain/1";
    private static final Set<String> PARENTS = Set.of("/local", "/local/domain", "/vm", "/libxl");

    @TempDir
    Path directory;

    private DaemonProcess daemon;
    private XenstoreClient client;

    @BeforeEach
    void start() throws IOException {
        daemon = Launch.in(directory).with("--hypervisor", "sim,dom0-nodes=on").daemon();
        client = daemon.client();
        await().atMost(DaemonProcess.PATIENCE).until(() -> client.exists("/local/pool/0/name"));
    }

    @AfterEach
    void stop() {
        client.close();
        daemon.close();
    }

    @Test
    @DisplayName("S-SPEC-3, S-SPEC-5, S-DEATH-1: a domain comes, writes, shuts down, goes, and leaves nothing")
    void aDomainComesAndGoesAndOurToolSeesIt() throws Exception {
        try (Watching watch =
                Watching.withOurTool(daemon, directory, "-n", "5", "@introduceDomain", "@releaseDomain")) {
            liveALife(watch);
        }
    }

    @Test
    @DisplayName("S-SPEC-3, S-SPEC-5: Debian's xenstore-watch sees a domain come, shut down and go")
    void debiansToolSeesADomainComeAndGo() throws Exception {
        boolean required = Boolean.parseBoolean(System.getenv("CI"));
        assumeTrue(required || Files.isExecutable(Watching.DEBIANS), "Debian's xenstore-utils are not installed");
        try (Watching watch =
                Watching.withDebiansTool(daemon, directory, "-n", "5", "@introduceDomain", "@releaseDomain")) {
            liveALife(watch);
        }
    }

    /** Every step is seen by the watching tool before the next one begins. */
    private void liveALife(Watching watch) throws Exception {
        watch.awaitLines(2);
        List<String> before = everything();

        assertThat(client.control("sim", "create", "web")).isEqualTo("web is domain 1");
        watch.awaitLines(3);
        assertThat(client.isIntroduced(1)).isTrue();
        assertThat(client.control("sim", "list").lines()).anyMatch(line -> line.matches("web +1 .* -b---- .*"));
        assertThat(client.readText(HOME + "/name")).isEqualTo("web");
        awaitValue(HOME + "/control/feature-poweroff", "1");

        assertThat(client.control("sim", "shutdown", "web")).contains("is asked for poweroff");
        assertThat(watch.toItsEnd())
                .containsExactly(
                        "@introduceDomain", "@releaseDomain", "@introduceDomain", "@releaseDomain", "@releaseDomain");
        assertThat(client.isIntroduced(1)).isFalse();
        await().atMost(DaemonProcess.PATIENCE)
                .until(() -> !client.control("sim", "list").contains("web")
                        && !client.control("sim", "list").contains("(null)"));
        assertThat(everything()).as("the store is as before").isEqualTo(before);
    }

    @Test
    @DisplayName("L-KILL-6: a guest that crashed and is to be preserved can be looked at, and then destroyed")
    void aCrashedGuestIsPreserved() {
        client.control("sim", "create", "web", "--on-crash=preserve");
        client.control("sim", "crash", "web");
        assertThat(client.control("sim", "list").lines()).anyMatch(line -> line.matches("web +1 .* ---sc- .*"));
        assertThat(client.control("sim", "destroy", "web")).contains("is destroyed");
        assertThat(client.exists(HOME)).isFalse();
    }

    @Test
    @DisplayName("P-PATH-6: a program comes into a guest through its socket, and sees the store as the guest does")
    void aGuestIsEntered() {
        client.control("sim", "create", "web", "--bare", "--features=2", "--quota=nodes=77");
        assertThat(client.features(1)).isEqualTo(2);
        assertThat(client.quota(1, "nodes")).isEqualTo(77);
        try (XenstoreClient inside = XenstoreClient.connect(new Endpoint.UnixSocket(entrance()))) {
            assertThat(inside.readText("name")).isEqualTo("web");
            inside.write("data/note", "from inside");
            assertThat(client.readText(HOME + "/data/note")).isEqualTo("from inside");
            assertThatThrownBy(() -> inside.directory("/libxl/1")).isInstanceOf(AccessDeniedException.class);
        }
        client.control("sim", "destroy", "web");
        assertThat(entrance()).doesNotExist();
    }

    @Test
    @DisplayName("L-SUSP-7: the watches of a program in a guest outlive its suspend")
    void aProgramsWatchesOutliveASuspend() throws Exception {
        client.control("sim", "create", "web");
        awaitValue(HOME + "/control/feature-poweroff", "1");
        try (XenstoreClient inside = XenstoreClient.connect(new Endpoint.UnixSocket(entrance()));
                WatchQueue queue = inside.watchQueue()) {
            var _ = queue.watch("data", 1);
            client.control("sim", "suspend", "-w", "web");
            client.control("sim", "resume", "web");
            await().atMost(DaemonProcess.PATIENCE).until(() -> {
                client.write(HOME + "/data/after", "1");
                return queue.poll().filter(SimulatedDomainTest::isOfAfter).isPresent();
            });
        }
    }

    private static boolean isOfAfter(Notification notification) {
        return notification instanceof Notification.Event(var _, String path) && path.equals("data/after");
    }

    @Test
    @DisplayName("L-SUSP-9: a guest that was reset can be entered again; who was in it is out")
    void aGuestIsEnteredAfterASoftReset() {
        client.control("sim", "create", "web", "--bare");
        try (XenstoreClient before =
                XenstoreClient.connect(new Endpoint.UnixSocket(entrance()), Reconnection.never())) {
            assertThat(before.readText("name")).isEqualTo("web");
            client.control("sim", "kexec", "web");
            await().atMost(DaemonProcess.PATIENCE)
                    .until(() -> client.control("sim", "timeline", "web").split("INTRODUCE 1", -1).length == 3);
            await().atMost(DaemonProcess.PATIENCE).until(() -> !before.isOpen());
        }
        try (XenstoreClient after = XenstoreClient.connect(new Endpoint.UnixSocket(entrance()))) {
            assertThat(after.readText("name")).isEqualTo("web");
        }
    }

    private Path entrance() {
        return daemon.socket().resolveSibling("sim").resolve("dom1.sock");
    }

    @Test
    @DisplayName("lifecycle.md 12.7: a stuck driver domain keeps a guest as a zombie until it is destroyed itself")
    void aStuckDriverDomainKeepsAZombie() {
        client.control("sim", "create", "drivers", "--driver-domain=stuck");
        client.control("sim", "create", "web", "--vif=drivers");
        awaitValue(HOME + "/backend/vif/2/0/state", "4");
        client.control("sim", "destroy", "web");
        assertThat(client.control("sim", "list").lines()).anyMatch(line -> line.matches("\\(null\\) +2 .*d .*"));
        assertThat(client.isIntroduced(2)).isFalse();
        client.control("sim", "destroy", "drivers");
        await().atMost(DaemonProcess.PATIENCE)
                .until(() -> !client.control("sim", "list").contains("(null)"));
    }

    @Test
    @DisplayName("lifecycle.md 12.4 to 12.6, L-SUSP-8: suspend, resume, reset, move and save a guest with a device")
    void aGuestIsSuspendedAndMoved() {
        client.control("sim", "create", "web", "--vbd");
        awaitValue("/local/domain/1/device/vbd/0/state", "4");
        assertThat(client.control("sim", "suspend", "-w", "web")).isEqualTo("domain 1 is suspended");
        assertThat(client.control("sim", "resume", "web")).isEqualTo("domain 1 is resumed");
        client.control("sim", "kexec", "web");
        await().atMost(DaemonProcess.PATIENCE)
                .until(() -> client.control("sim", "timeline", "web").contains("domctl soft_reset"));
        awaitValue("/local/domain/1/device/vbd/0/state", "4");
        assertThat(client.control("sim", "migrate", "web")).isEqualTo("domain 1 goes on as domain 2");
        awaitValue("/local/domain/2/device/vbd/0/state", "4");
        assertThat(client.control("sim", "save", "web")).isEqualTo("domain 2 is saved and destroyed");
        assertThat(client.control("sim", "restore", "web")).isEqualTo("web is domain 3");
        awaitValue("/local/domain/3/device/vbd/0/state", "4");
    }

    @Test
    @DisplayName("C-CTL-4: a refused command is exit code 3, and our tool says why")
    void ourToolSaysWhyACommandWasRefused() throws Exception {
        ToolProcess.Ended refused = ToolProcess.ours("xenstore-control", daemon, "sim", "destroy", "nobody");
        assertThat(refused.exitCode()).isEqualTo(3);
        assertThat(refused.output()).contains("sim destroy nobody: there is no domain 'nobody'");
        assertThat(daemon.messages()).contains("CONTROL sim answers ENOENT: there is no domain 'nobody'");
        assertThat(ToolProcess.ours("xenstore-control", daemon, "sim", "list").exitCode())
                .isZero();
    }

    @Test
    @DisplayName("C-CTL-4: Debian's tool shows a refused command by its exit code, and can be told why")
    void debiansToolShowsARefusedCommand() throws Exception {
        boolean required = Boolean.parseBoolean(System.getenv("CI"));
        assumeTrue(required || Files.isExecutable(ToolProcess.DEBIANS_CONTROL), "Debian's xen-utils are not installed");
        ToolProcess.Ended refused = ToolProcess.run(ToolProcess.DEBIANS_CONTROL, daemon, "sim", "destroy", "nobody");
        assertThat(refused.exitCode()).isEqualTo(3);
        assertThat(refused.output()).contains("2");
        ToolProcess.Ended asked = ToolProcess.run(ToolProcess.DEBIANS_CONTROL, daemon, "sim", "error");
        assertThat(asked.exitCode()).isZero();
        assertThat(asked.output()).contains("there is no domain 'nobody'");
    }

    @Test
    @DisplayName("L-RING-5, lifecycle.md 14: with the store in a domain of its own, dom0 uses its ring like a guest")
    void theStoreInADomainOfItsOwn() throws Exception {
        Path dom0 = directory.resolve("dom0");
        try (DaemonProcess other = Launch.in(directory)
                        .environment(
                                "XENSTORED_RUNDIR", directory.resolve("other").toString())
                        .with("--hypervisor", "sim,store=stubdom", "--listen", "unix:" + dom0 + ",domid=0")
                        .daemon();
                XenstoreClient inDom0 = XenstoreClient.connect(new Endpoint.UnixSocket(dom0))) {
            assertThat(inDom0.control("sim", "create", "web", "--vif")).isEqualTo("web is domain 2");
            assertThat(inDom0.readText("/tool/xenstored/domid")).isEqualTo("1");
            assertThat(inDom0.control("sim", "list").lines()).anyMatch(line -> line.matches("Xenstore +1 .*"));
            await().atMost(DaemonProcess.PATIENCE)
                    .until(() -> inDom0.readText("/local/domain/2/device/vif/0/state")
                            .equals("4"));
            inDom0.control("sim", "shutdown", "-w", "web");
            await().atMost(DaemonProcess.PATIENCE).until(() -> !inDom0.exists("/local/domain/2"));
            assertThat(other.isAlive()).isTrue();
            assertThat(other.messages()).contains("tools need --listen unix:PATH,domid=0");
        }
    }

    private void awaitValue(String path, String value) {
        await().atMost(DaemonProcess.PATIENCE)
                .untilAsserted(() -> assertThat(client.readText(path)).isEqualTo(value));
    }

    /** All nodes with values and permissions, but for the directories that the first domain of all brings. */
    private List<String> everything() {
        return nodes(client.treeWithPermissions("/"))
                .filter(node -> !PARENTS.contains(node.path()))
                .map(node -> node.path() + " " + node.value() + " " + node.permissions())
                .toList();
    }

    private static Stream<TreeNode> nodes(TreeNode root) {
        return Stream.concat(Stream.of(root), root.children().stream().flatMap(SimulatedDomainTest::nodes));
    }
}
