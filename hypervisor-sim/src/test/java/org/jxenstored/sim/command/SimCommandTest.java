package org.jxenstored.sim.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jxenstored.hypervisor.BackendCommand;
import org.jxenstored.hypervisor.BackendCommand.Result;
import org.jxenstored.protocol.Errno;
import org.jxenstored.protocol.Limits;
import org.jxenstored.sim.dom0.Dom0;
import org.jxenstored.sim.host.DomainType;
import org.jxenstored.sim.host.SimDomain;
import org.jxenstored.sim.host.SimHost;
import org.jxenstored.sim.time.RealTime;
import org.jxenstored.sim.timeline.Party;
import org.jxenstored.sim.toolstack.Records;
import org.jxenstored.sim.toolstack.Workshop;

/** What users type after {@code xenstore-control sim}, and what they get. */
final class SimCommandTest {
    private final Workshop workshop;
    private final SimHost host;
    private final BackendCommand sim;

    SimCommandTest(@TempDir Path directory) throws Exception {
        workshop = new Workshop(directory);
        host = workshop.host();
        sim = workshop.xen().commands().getFirst();
    }

    @AfterEach
    void end() throws Exception {
        workshop.close();
    }

    private Result result(String line) {
        return sim.run(line.isEmpty() ? List.of() : List.of(line.split(" ", -1)))
                .toCompletableFuture()
                .join();
    }

    private String run(String line) {
        Result result = result(line);
        assertThat(result).as(line).isInstanceOf(Result.Text.class);
        return ((Result.Text) result).text();
    }

    private SimDomain guest(int domid) {
        return host.find(domid).orElseThrow();
    }

    @Test
    @DisplayName("create says under which domid the guest runs; commands take the name or the domid")
    void aLife() {
        assertThat(run("create alpha")).isEqualTo("alpha is domain 1");
        assertThat(run("pause 1")).isEqualTo("domain 1 is paused");
        assertThat(run("list alpha")).contains(" --p--- ");
        assertThat(run("unpause alpha")).isEqualTo("domain 1 is unpaused");
        assertThat(run("suspend -w alpha")).isEqualTo("domain 1 is suspended");
        assertThat(run("list")).contains(" ---ss- ");
        assertThat(run("resume alpha")).isEqualTo("domain 1 is resumed");
        assertThat(run("reboot alpha")).isEqualTo("domain 1 is asked for reboot");
        await().until(() -> run("list").matches("(?s).*alpha +2 .*"));
        assertThat(run("save alpha")).isEqualTo("domain 2 is saved and destroyed");
        assertThat(run("restore alpha --domid 30")).isEqualTo("alpha is domain 30");
        assertThat(run("migrate alpha")).isEqualTo("domain 30 goes on as domain 3");
        assertThat(run("shutdown -w alpha")).isEqualTo("domain 3 has shut down");
        await().until(() -> host.list().size() == 1);
    }

    @Test
    @DisplayName("create has an option for everything a guest can be")
    void createOptions() {
        run("create drivers --pv --driver-domain --vcpus=2 --memory 256 --domid 40");
        assertThat(guest(40).config().type()).isEqualTo(DomainType.PV);
        assertThat(guest(40).config().vcpus()).isEqualTo(2);
        assertThat(guest(40).config().memoryMib()).isEqualTo(256);
        run("create alpha --vif=drivers --vif --vbd=40 --on-crash=preserve");
        assertThat(workshop.text("/local/domain/1/device/vif/0/backend-id")).isEqualTo("40");
        assertThat(workshop.text("/local/domain/1/device/vif/1/backend-id")).isEqualTo("0");
        assertThat(workshop.text("/local/domain/1/device/vbd/0/backend-id")).isEqualTo("40");
        assertThat(run("crash alpha")).isEqualTo("domain 1 crashed");
        assertThat(run("list")).contains(" ---sc- ");
        assertThat(run("destroy alpha")).isEqualTo("domain 1 is destroyed");
    }

    @Test
    @DisplayName("L-INFO-3: the list has the columns of xl, and asks for nothing to be started")
    void list() {
        assertThat(run("list"))
                .matches("Name +ID +Mem VCPUs\tState\tTime\\(s\\)\nDomain-0 +0 +1024 +2 +r----- +[0-9.]+\n");
        assertThat(workshop.xen().dom0().isStarted()).isFalse();
        assertThat(workshop.text("/local/domain/0/name")).isEmpty();
        run("create alpha");
        assertThat(workshop.text("/local/domain/0/name")).as("clients.md 6").isEqualTo("Domain-0");
        assertThat(workshop.text("/local/pool/0/name")).isEqualTo("Pool-0");
        assertThat(run("list")).containsPattern("alpha +1 +128 +1 +-b---- +[0-9.]+\n");
        assertThat(run("list alpha")).doesNotContain("Domain-0");
    }

    @Test
    @DisplayName("P-HDR-3: what does not fit into one reply can be had in parts")
    void longList() throws Exception {
        for (int i = 0; i < 150; i++) {
            host.createDomain();
        }
        List<String> seen = new ArrayList<>();
        String next = "list";
        while (!next.isEmpty()) {
            String page = run(next);
            assertThat(page).hasSizeLessThan(Limits.PAYLOAD_MAX);
            page.lines()
                    .filter(line -> line.matches("(\\(null\\)|Domain-0) .*"))
                    .forEach(seen::add);
            String last = page.lines().reduce("", (_, line) -> line);
            next = last.startsWith("... and ") ? last.substring(last.indexOf("list")) : "";
        }
        assertThat(seen).hasSize(151).doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("a timeline shows the last steps that fit, and can be read from its start")
    void timeline() {
        run("create alpha");
        assertThat(run("timeline alpha")).contains("INTRODUCE 1").doesNotContain("...");
        for (int i = 0; i < 200; i++) {
            host.timeline().note(guest(1).uniqueId(), Party.TOOLSTACK, Party.XEN, "step " + i);
        }
        assertThat(run("timeline alpha"))
                .hasSizeLessThan(Limits.PAYLOAD_MAX)
                .startsWith("... ")
                .contains("sim timeline alpha --from 1\n")
                .endsWith("step 199\n");
        assertThat(run("timeline alpha --from 1"))
                .hasSizeLessThan(Limits.PAYLOAD_MAX)
                .contains("domctl createdomain")
                .containsPattern("\\.\\.\\. \\d+ lines more: sim timeline alpha --from \\d+\n");
    }

    @Test
    @DisplayName("a timeline of several names, or of all, is in the order of the steps; as a diagram it is Mermaid")
    void timelinesTogether() {
        run("create alpha");
        run("create beta");
        String both = run("timeline beta alpha");
        assertThat(both).containsSubsequence("INTRODUCE 1", "INTRODUCE 2");
        assertThat(run("timeline")).isEqualTo(both);
        assertThat(run("timeline alpha --mermaid"))
                .startsWith("sequenceDiagram\n    participant ")
                .containsSubsequence("->>", ": INTRODUCE 1\n");
        for (int i = 0; i < 200; i++) {
            host.timeline().note(guest(1).uniqueId(), Party.TOOLSTACK, Party.XEN, "step " + i);
        }
        assertThat(run("timeline alpha --mermaid"))
                .containsPattern("\n%% \\d+ lines more: sim timeline alpha --mermaid --from \\d+\n$");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "create alpha, EEXIST, a domain with the name 'alpha' exists",
                "create 17, EPERM, '17' cannot be a name",
                "create (null), EPERM, '(null)' cannot be the name",
                "create a\tb, EPERM, the name has a line end",
                "create x --vif=nobody, ENOENT, there is no domain 'nobody'",
                "destroy gamma, ENOENT, there is no domain 'gamma'",
                "list gamma, ENOENT, there is no domain 'gamma'",
                "restore gamma, ENOENT, there is no saved guest 'gamma'",
                "timeline gamma, ENOENT, nothing is known of a domain 'gamma'",
                "crash 0, EPERM, this cannot be done to domain 0",
                "unpause alpha, EPERM, domain 1 is not paused",
                "resume alpha, EBUSY, is not suspended"
            })
    @DisplayName(
            "C-CTL-4: what cannot be done is an error that tools show by their exit code, and its reason can be had")
    void refusals(String line, Errno errno, String reason) {
        run("create alpha");
        Result result = result(line);
        assertThat(result).isInstanceOf(Result.Failed.class);
        Result.Failed failed = (Result.Failed) result;
        assertThat(failed.errno()).isEqualTo(errno);
        assertThat(failed.reason()).contains(reason);
        run("list");
        assertThat(run("error"))
                .startsWith("sim " + line + ": ")
                .contains(reason)
                .endsWith("(" + errno + ")");
        assertThat(result("destroy nobody-else")).isInstanceOf(Result.Failed.class);
        assertThat(run("error " + line)).startsWith("sim " + line + ": ").contains(reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lisst",
                "list x y",
                "list --from=x",
                "create",
                "create a b",
                "create a --memory",
                "create a --memory=0",
                "create a --vcpus=many",
                "create a --pv --hvm",
                "create a --stubdom",
                "create a --bare --driver-domain",
                "create a --driver-domain=odd",
                "create a --on-crash=soft-reset",
                "create a --colour=red",
                "shutdown",
                "shutdown 1 now",
                "destroy"
            })
    @DisplayName("C-CTL-3: bad usage is ENOSYS, not EINVAL, and the reason tells the usage")
    void badUsage(String line) {
        Result result = result(line);
        assertThat(result).isInstanceOf(Result.Failed.class);
        assertThat(((Result.Failed) result).errno()).isEqualTo(Errno.ENOSYS);
        assertThat(((Result.Failed) result).reason()).containsAnyOf("usage: sim ", "'sim help'");
        assertThat(host.list()).hasSize(1);
    }

    @Test
    @DisplayName("help shows every subcommand in one reply")
    void help() {
        assertThat(run("help"))
                .isEqualTo(run(""))
                .contains("sim create NAME", "sim list", "sim migrate", "sim timeline", "sim error")
                .hasSizeLessThan(Limits.PAYLOAD_MAX);
        assertThat(run("error")).isEqualTo("no sim command was refused yet");
    }

    @Test
    @DisplayName("L-KILL-2: a destroy that waits for a backend keeps nobody else waiting")
    void aSlowDestroyDoesNotBlockOthers() {
        run("create drivers --driver-domain=stuck");
        run("create alpha --vif=drivers");
        await().until(() -> workshop.text("/local/domain/2/device/vif/0/state").equals("4"));
        var slow = sim.run(List.of("destroy", "alpha")).toCompletableFuture();
        await().until(() ->
                workshop.text("/local/domain/1/backend/vif/2/0/online").equals("0"));
        assertThat(run("list")).contains("alpha");
        assertThat(run("create beta")).isEqualTo("beta is domain 3");
        assertThat(slow).isNotDone();
    }

    @Test
    @DisplayName("before the daemon serves, the command says so")
    void beforeServing() {
        try (RealTime time = new RealTime();
                SimHost early = new SimHost(1, time);
                Dom0 dom0 = new Dom0(early, new Records())) {
            Result refusal = new SimCommand(dom0)
                    .run(List.of("create", "alpha"))
                    .toCompletableFuture()
                    .join();
            assertThat(refusal)
                    .isEqualTo(new Result.Failed(
                            Errno.EBUSY, "the daemon does not serve clients yet: try again in a moment"));
        }
    }
}
