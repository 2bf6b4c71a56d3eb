package org.jxenstored.sim.toolstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jxenstored.hypervisor.BackendCommand;
import org.jxenstored.hypervisor.DaemonAddress;
import org.jxenstored.protocol.Limits;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.sim.SimulatedXen;
import org.jxenstored.sim.host.SimDomain;
import org.jxenstored.sim.host.SimHost;

/** The command {@code sim}, the toolstack and the guests together, with a store that only takes notes. */
final class ToolstackTest {
    private final ExecutorService events = Executors.newSingleThreadExecutor();
    private final SimHost host = new SimHost(1, events);
    private final SimulatedXen xen = new SimulatedXen(host);
    private final BackendCommand sim = xen.commands().getFirst();
    private TinyDaemon daemon;

    ToolstackTest(@TempDir Path directory) throws Exception {
        daemon = new TinyDaemon(xen, directory.resolve("socket"));
    }

    @BeforeEach
    void serve() {
        xen.daemonIsServing(new DaemonAddress(daemon.socket()));
    }

    @AfterEach
    void end() throws Exception {
        daemon.close();
        xen.close();
        host.close();
        events.shutdown();
    }

    private String run(String... words) {
        BackendCommand.Result result =
                sim.run(List.of(words)).toCompletableFuture().join();
        assertThat(result).isInstanceOf(BackendCommand.Result.Text.class);
        return ((BackendCommand.Result.Text) result).text();
    }

    private SimDomain guest() {
        return host.find(1).orElseThrow();
    }

    private void awaitWatch() {
        await().until(() -> daemon.store().seenFromGuests().contains(MessageType.WATCH));
    }

    @Test
    @DisplayName("lifecycle.md 3: a created guest has libxl's nodes, is introduced and runs")
    void create() {
        assertThat(run("create", "alpha")).isEqualTo("alpha is domain 1\n");
        TinyStore store = daemon.store();
        assertThat(store.text("/local/domain/1/name")).contains("alpha");
        assertThat(store.text("/local/domain/1/store/port")).contains(Integer.toString(guest().storePort()));
        assertThat(store.permissions("/local/domain/1")).isEqualTo("n0 r1");
        assertThat(store.permissions("/local/domain/1/control/shutdown")).isEqualTo("n1");
        assertThat(store.permissions("/local/domain/1/data")).isEqualTo("n1");
        assertThat(store.permissions("/libxl/1")).isEqualTo("n0");
        String vm = store.text("/local/domain/1/vm").orElseThrow();
        assertThat(store.text(vm + "/name")).contains("alpha");
        assertThat(store.permissions(vm)).isEqualTo("n0 r1");
        assertThat(guest().isRunning()).isTrue();
    }

    @Test
    @DisplayName("C-USE-4: a guest starts with RESET_WATCHES, watches control/shutdown, and says what it obeys")
    void theGuestTalksToTheStore() {
        run("create", "alpha");
        await().until(() ->
                daemon.store().text("/local/domain/1/control/feature-suspend").equals(Optional.of("1")));
        assertThat(daemon.store().seenFromGuests())
                .startsWith(MessageType.READ, MessageType.RESET_WATCHES, MessageType.WATCH);
    }

    @ParameterizedTest
    @CsvSource({"poweroff, ---s--", "halt, ---s--", "reboot, ---sr-", "suspend, ---ss-"})
    @DisplayName("L-SUSP-3, L-INFO-3: a guest acknowledges the request with the empty text and shuts down")
    void shutdown(String reason, String letters) {
        run("create", "alpha");
        awaitWatch();
        assertThat(run("shutdown", "alpha", reason)).isEqualTo("domain 1 is asked for " + reason + "\n");
        await().until(() -> guest().state().shutdown());
        assertThat(daemon.store().text("/local/domain/1/control/shutdown")).contains("");
        assertThat(run("list")).contains(letters);
    }

    @Test
    @DisplayName("L-SUSP-3: a request that was written before the guest looks is obeyed too")
    void anEarlyRequestIsObeyed() {
        run("create", "alpha");
        run("shutdown", "1");
        await().until(() -> guest().state().shutdown());
        assertThat(guest().state().shutdownCode()).isZero();
    }

    @Test
    @DisplayName("L-KILL-5, L-REF-1: destroy removes the nodes; the guest is a zombie until its ring is unmapped")
    void destroy() {
        run("create", "alpha");
        awaitWatch();
        assertThat(run("destroy", "alpha")).isEqualTo("domain 1 is destroyed\n");
        assertThat(daemon.store().paths()).isEmpty();
        assertThat(run("list")).contains("(null) ").contains("--p--d");
        daemon.forget(1);
        assertThat(run("list")).doesNotContain("(null)");
        assertThat(run("create", "alpha")).isEqualTo("alpha is domain 2\n");
    }

    @Test
    @DisplayName("L-INFO-3: the list has the columns of xl")
    void list() {
        run("create", "alpha");
        run("create", "beta");
        run("crash", "beta");
        run("pause", "1");
        assertThat(run("list")).isEqualTo("""
                        Name                                        ID   Mem VCPUs\tState\tTime(s)
                        Domain-0                                     0  1024     2     r-----       0.0
                        alpha                                        1   128     1     --p---       0.0
                        beta                                         2   128     1     ---sc-       0.0
                        """);
        run("unpause", "alpha");
        assertThat(run("list")).contains("-b----");
    }

    @Test
    @DisplayName("P-HDR-3: a list that does not fit into one reply ends with the number of the others")
    void longList() throws Exception {
        for (int i = 0; i < 99; i++) {
            host.createDomain();
        }
        String table = run("list");
        assertThat(table).hasSizeLessThan(Limits.PAYLOAD_MAX);
        long lines = table.lines().count();
        assertThat(table).endsWith("... and " + (100 - (lines - 2)) + " more\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "lisst", "list x", "create", "create a b", "shutdown", "shutdown 1 sleep", "destroy"})
    @DisplayName("bad usage is answered with the usage")
    void badUsage(String line) {
        assertThat(run(line.isEmpty() ? new String[0] : line.split(" ", -1)))
                .startsWith("usage:\n  sim create NAME\n")
                .contains("sim shutdown NAME|ID [poweroff|halt|reboot|suspend]\n");
    }

    @Test
    @DisplayName("what cannot be done is told with its reason")
    void refusals() {
        run("create", "alpha");
        assertThat(run("create", "alpha")).startsWith("error: a domain with the name 'alpha' exists");
        assertThat(run("create", "17")).startsWith("error: '17' cannot be a name");
        assertThat(run("create", "")).startsWith("error: '' cannot be a name");
        assertThat(run("destroy", "gamma")).startsWith("error: there is no domain 'gamma'");
        assertThat(run("crash", "0")).startsWith("error: this cannot be done to dom0");
        assertThat(run("unpause", "alpha")).isEqualTo("error: domain 1 is not paused\n");
        run("destroy", "alpha");
        assertThat(run("shutdown", "1")).startsWith("error: domain 1 has no node");
    }

    @Test
    @DisplayName("before the daemon serves, the command says so")
    void beforeServing() throws Exception {
        try (SimCommand early = new SimCommand(host)) {
            assertThat(early.run(List.of("list")).toCompletableFuture().get())
                    .isEqualTo(new BackendCommand.Result.Text(
                            "error: the daemon does not serve clients yet: try again in a moment\n"));
        }
    }
}
