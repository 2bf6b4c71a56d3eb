package org.jxenstored.it.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jxenstored.client.Endpoint;
import org.jxenstored.client.Notification;
import org.jxenstored.client.Reconnection;
import org.jxenstored.client.Transaction;
import org.jxenstored.client.TreeNode;
import org.jxenstored.client.WatchQueue;
import org.jxenstored.client.XenstoreClient;
import org.jxenstored.sim.SimulatorOptions;
import org.jxenstored.sim.host.SimHost;
import org.jxenstored.sim.machine.MachineProcess;

/** A simulated machine that runs as a process of its own, and daemons that come and go on it. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class MachineOfItsOwnTest {
    private static final Set<String> PARENTS = Set.of("/local", "/local/domain", "/vm", "/libxl");
    private static final String CONNECTED = "4";

    @TempDir
    Path directory;

    private Path machineDirectory() {
        return directory.resolve("machine");
    }

    private DaemonProcess machine() throws IOException {
        return Launch.machine(directory, machineDirectory())
                .with("dom0-nodes=on")
                .daemon();
    }

    private Launch daemon() {
        return Launch.in(directory).with("--hypervisor", "sim,machine=" + machineDirectory());
    }

    @ParameterizedTest(name = "SIG{0}")
    @DisplayName("S-STR-10, L-VIRQ-2: guests do not notice that the daemon was ended and started again")
    @ValueSource(strings = {"KILL", "TERM"})
    void guestsGoOnWithTheNextDaemon(String signal) throws Exception {
        try (DaemonProcess machine = machine()) {
            List<String> before;
            List<String> domains;
            XenstoreClient inWeb;
            WatchQueue watchInWeb;
            CompletableFuture<Boolean> meanwhile;
            Transaction open;
            try (DaemonProcess first = daemon().daemon();
                    XenstoreClient dom0 = first.client(Reconnection.never())) {
                before = everythingOnceDom0IsThere(dom0);
                assertThat(dom0.control("sim", "create", "web", "--vif")).isEqualTo("web is domain 1");
                assertThat(dom0.control("sim", "create", "db", "--vbd")).isEqualTo("db is domain 2");
                awaitValue(dom0, "/local/domain/1/device/vif/0/state", CONNECTED);
                awaitValue(dom0, "/local/domain/2/device/vbd/0/state", CONNECTED);
                domains = domains(dom0);
                inWeb = inside(1);
                watchInWeb = inWeb.watch("data");
                inWeb.write("data/note", "from the first daemon's time");
                open = inWeb.transaction();
                open.write("data/step", "1");

                first.signal(signal);
                assertThat(first.awaitEnd().exitCode()).isEqualTo(signal.equals("TERM") ? 0 : 128 + 9);
                meanwhile = CompletableFuture.supplyAsync(
                        () -> {
                            inWeb.write("data/meanwhile", "asked of nobody");
                            return true;
                        },
                        task -> Thread.ofVirtual().start(task));
            }
            try (DaemonProcess second = daemon().daemon();
                    XenstoreClient dom0 = second.client()) {
                assertThat(meanwhile.get())
                        .as("the write that waited in the ring")
                        .isTrue();
                assertThat(dom0.readText("/local/domain/1/data/meanwhile")).isEqualTo("asked of nobody");
                assertThat(dom0.readText("/local/domain/1/data/note")).isEqualTo("from the first daemon's time");
                open.write("data/step", "2");
                assertThat(open.tryCommit())
                        .as("a transaction of the first daemon's time is to be repeated")
                        .isFalse();
                inWeb.runInTransaction(again -> again.write("data/step", "1"));
                assertThat(dom0.readText("/local/domain/1/data/step")).isEqualTo("1");
                assertThat(domains(dom0)).isEqualTo(domains);
                assertThat(second.messages()).doesNotContain("warning", "error");

                dom0.write("/local/domain/1/data/news", "1");
                awaitEvent(watchInWeb, "data/news");
                assertThat(dom0.control("sim", "suspend", "-w", "db")).isEqualTo("domain 2 is suspended");
                assertThat(dom0.control("sim", "resume", "db")).isEqualTo("domain 2 is resumed");
                assertThat(dom0.control("sim", "create", "app", "--vif")).isEqualTo("app is domain 3");
                awaitValue(dom0, "/local/domain/3/device/vif/0/state", CONNECTED);

                inWeb.close();
                for (String guest : List.of("web", "db", "app")) {
                    dom0.control("sim", "shutdown", "-w", guest);
                }
                await().atMost(DaemonProcess.PATIENCE)
                        .untilAsserted(() -> assertThat(domains(dom0)).containsExactly("Domain-0 0"));
                await().atMost(DaemonProcess.PATIENCE)
                        .untilAsserted(() -> assertThat(everything(dom0)).isEqualTo(before));
            }
            assertThat(machine.isAlive()).isTrue();
            assertThat(machine.messages()).doesNotContain("warning", "error");
        }
    }

    @Test
    @DisplayName(
            "L-T-12, S-STR-10, L-VIRQ-2: who dies while no daemon runs is cleaned up by the next one, later deaths are told")
    void whoDiedMeanwhileIsCleanedUp() throws Exception {
        try (MachineProcess machine =
                MachineProcess.start(machineDirectory(), SimulatorOptions.read(Map.of("dom0-nodes", "on")))) {
            SimHost host = machine.machine().dom0().host();
            List<String> before;
            try (DaemonProcess first = daemon().daemon();
                    XenstoreClient dom0 = first.client(Reconnection.never())) {
                before = everythingOnceDom0IsThere(dom0);
                for (String guest : List.of("crashes", "vanishes", "stays")) {
                    dom0.control("sim", "create", guest, "--vif");
                }
                for (int domid = 1; domid <= 3; domid++) {
                    awaitValue(dom0, "/local/domain/" + domid + "/device/vif/0/state", CONNECTED);
                }
                first.signal("KILL");
                var _ = first.awaitEnd();
            }
            host.find(1).orElseThrow().crash();
            host.find(2).orElseThrow().destroy();
            try (DaemonProcess second = daemon().daemon();
                    XenstoreClient dom0 = second.client()) {
                await().atMost(DaemonProcess.PATIENCE)
                        .untilAsserted(() -> assertThat(domains(dom0)).containsExactly("Domain-0 0", "stays 3"));
                await().atMost(DaemonProcess.PATIENCE)
                        .until(() -> Stream.of(1, 2)
                                .flatMap(domid -> Stream.of(
                                        "/local/domain/" + domid,
                                        "/libxl/" + domid,
                                        "/local/domain/0/backend/vif/" + domid))
                                .noneMatch(dom0::exists));
                assertThat(dom0.isIntroduced(2)).isFalse();
                assertThat(dom0.isIntroduced(3)).isTrue();
                try (WatchQueue releases = dom0.watch("@releaseDomain")) {
                    assertThat(releases.take()).isInstanceOf(Notification.Event.class);
                    host.find(3).orElseThrow().destroy();
                    assertThat(releases.take()).as("a death from now on").isInstanceOf(Notification.Event.class);
                }
                await().atMost(DaemonProcess.PATIENCE)
                        .untilAsserted(() -> assertThat(everything(dom0)).isEqualTo(before));
                assertThat(host.list()).containsExactly(host.dom0());
            }
        }
    }

    @ParameterizedTest(name = "SIG{0}")
    @ValueSource(strings = {"KILL", "TERM"})
    void aDaemonWhoseMachineEndsSaysSoAndEnds(String signal) throws Exception {
        try (DaemonProcess machine = machine();
                DaemonProcess daemon = daemon().daemon();
                XenstoreClient dom0 = daemon.client(Reconnection.never())) {
            dom0.control("sim", "create", "web");
            dom0.write("/kept", "yes");

            machine.signal(signal);

            assertThat(machine.awaitEnd().exitCode()).isEqualTo(signal.equals("TERM") ? 0 : 128 + 9);
            DaemonProcess.Ended ended = daemon.awaitEnd();
            assertThat(ended.exitCode()).isEqualTo(7);
            assertThat(ended.messages())
                    .contains("hypervisor sim: the simulated machine in " + machineDirectory() + " is gone");
            assertThat(daemon.socket()).doesNotExist();
        }
        // A machine that is switched on anew has none of the old one's domains, whatever the store remembers.
        try (DaemonProcess _ = machine();
                DaemonProcess daemon = daemon().daemon();
                XenstoreClient dom0 = daemon.client()) {
            assertThat(dom0.readText("/kept")).isEqualTo("yes");
            await().atMost(DaemonProcess.PATIENCE).until(() -> !dom0.exists("/local/domain/1"));
            assertThat(dom0.control("sim", "create", "web", "--vif")).isEqualTo("web is domain 1");
            awaitValue(dom0, "/local/domain/1/device/vif/0/state", CONNECTED);
        }
    }

    @Test
    void withoutAMachineTheDaemonSaysHowToStartOne() throws Exception {
        DaemonProcess.Ended ended = daemon().toItsEnd();
        assertThat(ended.exitCode()).isEqualTo(7);
        assertThat(ended.messages())
                .contains("no simulated machine runs in " + machineDirectory())
                .contains("start it with xensim " + machineDirectory());
    }

    @Test
    @DisplayName("L-VIRQ-4: a machine has one daemon at a time")
    void aSecondDaemonIsRefused() throws Exception {
        try (DaemonProcess _ = machine();
                DaemonProcess first = daemon().daemon();
                XenstoreClient dom0 = first.client()) {
            dom0.control("sim", "create", "web", "--vif");
            DaemonProcess.Ended second = daemon().environment(
                            "XENSTORED_RUNDIR", directory.resolve("other").toString())
                    .toItsEnd();
            assertThat(second.exitCode()).isEqualTo(8);
            assertThat(second.messages()).contains("another daemon is running");
            assertThat(dom0.control("sim", "shutdown", "-w", "web")).contains("has shut down");
        }
    }

    @Test
    @DisplayName("C-CTL-4: Debian's tools work with a machine of its own, before and after the daemon was killed")
    void debiansToolsWork() throws Exception {
        boolean required = Boolean.parseBoolean(System.getenv("CI"));
        assumeTrue(required || Files.isExecutable(ToolProcess.DEBIANS_CONTROL), "Debian's xen-utils are not installed");
        try (DaemonProcess _ = machine()) {
            try (DaemonProcess first = daemon().daemon()) {
                assertThat(ToolProcess.run(ToolProcess.DEBIANS_CONTROL, first, "sim", "create", "web")
                                .output())
                        .contains("web is domain 1");
                first.signal("KILL");
                var _ = first.awaitEnd();
            }
            try (DaemonProcess second = daemon().daemon()) {
                assertThat(ToolProcess.run(ToolProcess.DEBIANS_CONTROL, second, "sim", "list")
                                .output())
                        .contains("web");
                assertThat(ToolProcess.run(Path.of("/usr/bin/xenstore-ls"), second, "/local/domain/1")
                                .output())
                        .contains("name = \"web\"");
                ToolProcess.Ended refused =
                        ToolProcess.run(ToolProcess.DEBIANS_CONTROL, second, "sim", "destroy", "nobody");
                assertThat(refused.exitCode()).isEqualTo(3);
                assertThat(second.messages()).contains("CONTROL sim answers ENOENT: there is no domain 'nobody'");
            }
        }
    }

    /** A program in a domain; it is connected to the machine and never notices that a daemon ends. */
    private XenstoreClient inside(int domid) {
        return XenstoreClient.connect(
                new Endpoint.UnixSocket(machineDirectory().resolve("dom" + domid + ".sock")), Reconnection.never());
    }

    private static void awaitEvent(WatchQueue queue, String path) {
        await().atMost(DaemonProcess.PATIENCE)
                .until(() -> queue.poll()
                        .filter(told -> told instanceof Notification.Event(var _, String at) && at.equals(path))
                        .isPresent());
    }

    private static void awaitValue(XenstoreClient client, String path, String value) {
        await().atMost(DaemonProcess.PATIENCE)
                .untilAsserted(() -> assertThat(client.readText(path)).isEqualTo(value));
    }

    /** Name and id of all domains. */
    private static List<String> domains(XenstoreClient dom0) {
        return dom0.control("sim", "list")
                .lines()
                .skip(1)
                .map(line -> line.replaceAll("^(\\S+) +(\\d+) .*", "$1 $2"))
                .toList();
    }

    private static List<String> everythingOnceDom0IsThere(XenstoreClient dom0) {
        await().atMost(DaemonProcess.PATIENCE).until(() -> dom0.exists("/local/pool/0/name"));
        return everything(dom0);
    }

    /** All nodes with values and permissions, but for the directories that the first domain of all brings. */
    private static List<String> everything(XenstoreClient dom0) {
        return nodes(dom0.treeWithPermissions("/"))
                .filter(node -> !PARENTS.contains(node.path()))
                .map(node -> node.path() + " " + node.value() + " " + node.permissions())
                .toList();
    }

    private static Stream<TreeNode> nodes(TreeNode root) {
        return Stream.concat(Stream.of(root), root.children().stream().flatMap(MachineOfItsOwnTest::nodes));
    }
}
