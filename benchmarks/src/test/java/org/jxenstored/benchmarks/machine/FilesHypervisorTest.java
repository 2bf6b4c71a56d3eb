package org.jxenstored.benchmarks.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jxenstored.hypervisor.DomainState;
import org.jxenstored.hypervisor.DomainState.Capability;
import org.jxenstored.hypervisor.DomainState.Life;
import org.jxenstored.hypervisor.Hypervisor;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.hypervisor.MappedRing;

/** The machine of files as a daemon sees it. */
final class FilesHypervisorTest {
    private static final int PORT = 5;

    @TempDir
    Path directory = Path.of("");

    private final List<Integer> reported = new CopyOnWriteArrayList<>();
    private @Nullable Hypervisor opened;

    @BeforeEach
    void openTheMachine() throws HypervisorException {
        opened = new FilesProvider().open(Map.of("directory", directory.toString()), Path.of("elsewhere"));
        machine().eventChannels().listen(reported::add);
    }

    @AfterEach
    void closeTheMachine() {
        machine().close();
    }

    private Hypervisor machine() {
        return Objects.requireNonNull(opened);
    }

    private void domain(int domid, String state) throws IOException {
        Files.writeString(directory.resolve("dom").resolve(Integer.toString(domid)), state);
    }

    private void record(int domid, int port) throws IOException {
        ByteBuffer record = ByteBuffer.allocate(8)
                .order(ByteOrder.nativeOrder())
                .putInt(domid)
                .putInt(port);
        Files.write(directory.resolve("ev/daemon"), record.array(), StandardOpenOption.WRITE);
    }

    @Test
    void anOptionItDoesNotKnowIsRefused() {
        assertThatThrownBy(() -> new FilesProvider().open(Map.of("dir", "x"), directory))
                .isInstanceOf(HypervisorException.class)
                .hasMessageContaining("dir=x")
                .hasMessageContaining("directory=DIR");
    }

    @Test
    void aNewMachineHasDomain0Only() {
        assertThat(machine().domains().list()).singleElement().satisfies(dom0 -> {
            assertThat(dom0.domid()).isZero();
            assertThat(dom0.capabilities()).containsExactlyInAnyOrder(Capability.values());
        });
    }

    @Test
    void domainsAreListedByTheirNumberWithTheStateInTheirFile() throws IOException {
        domain(10, "running uid=77\n");
        domain(9, "shutdown:2");
        domain(8, "dying");
        domain(7, "dying-only");
        domain(6, "crashed");
        Files.writeString(directory.resolve("dom/11.new"), "running");
        List<DomainState> all = machine().domains().list();
        assertThat(all).extracting(DomainState::domid).containsExactly(0, 6, 7, 8, 9, 10);
        assertThat(all)
                .extracting(DomainState::life)
                .containsExactly(Life.ALIVE, Life.ALIVE, Life.DYING, Life.DEAD, Life.ALIVE, Life.ALIVE);
        assertThat(all)
                .filteredOn(DomainState::shutdown)
                .extracting(DomainState::shutdownCode)
                .containsExactly(3, 2);
        assertThat(all.getLast().uniqueId()).isEqualTo(77);
        assertThat(all).extracting(DomainState::uniqueId).doesNotHaveDuplicates();
        assertThat(machine().domains().find(11)).isEmpty();
    }

    @Test
    void bothSidesOfARingSeeTheSamePage() throws Exception {
        domain(3, "running");
        try (MappedRing ours = machine().rings().map(3, 1);
                FileRing theirs = new FileRing(new MachineFiles(directory).ring(3))) {
            byte[] bytes = {1, 2, 3};
            assertThat(theirs.page().requests().write(bytes, 0, 3)).isEqualTo(3);
            byte[] seen = new byte[3];
            assertThat(ours.page().requests().read(seen, 0, 3)).isEqualTo(3);
            assertThat(seen).isEqualTo(bytes);
        }
    }

    @Test
    void aDomainThatDoesNotExistHasNeitherRingNorChannel() {
        assertThatThrownBy(() -> machine().rings().map(3, 1))
                .isInstanceOf(HypervisorException.class)
                .hasMessageContaining("no domain 3");
        assertThatThrownBy(() -> machine().eventChannels().bindInterdomain(3, PORT))
                .isInstanceOf(HypervisorException.class)
                .hasMessageContaining("no domain 3");
    }

    @Test
    void aNewChannelFiresOnceByItself() throws Exception {
        domain(3, "running");
        int port = machine().eventChannels().bindInterdomain(3, PORT);
        await().untilAsserted(() -> assertThat(reported).containsExactly(port));
    }

    @Test
    void aPortThatFiresWhileItIsMaskedIsReportedOnceMoreWhenUnmasked() throws Exception {
        domain(3, "running");
        domain(4, "running");
        int masked = machine().eventChannels().bindInterdomain(3, PORT);
        int other = machine().eventChannels().bindInterdomain(4, PORT);
        await().untilAsserted(() -> assertThat(reported).containsExactly(masked, other));
        machine().eventChannels().unmask(other);
        record(3, PORT);
        record(3, PORT);
        record(4, PORT);
        await().untilAsserted(() -> assertThat(reported).containsExactly(masked, other, other));
        machine().eventChannels().unmask(other);
        machine().eventChannels().unmask(masked);
        await().untilAsserted(() -> assertThat(reported).containsExactly(masked, other, other, masked));
        machine().eventChannels().unmask(masked);
        record(4, PORT);
        await().untilAsserted(() -> assertThat(reported).containsExactly(masked, other, other, masked, other));
    }

    @Test
    void domainsThatEndAreToldOfByAVirtualInterrupt() throws Exception {
        int port = machine().eventChannels().bindDomainException();
        record(MachineFiles.VIRQ, MachineFiles.VIRQ_DOM_EXC);
        await().untilAsserted(() -> assertThat(reported).containsExactly(port));
    }

    @Test
    void recordsOfNobodyAreIgnored() throws Exception {
        int port = machine().eventChannels().bindDomainException();
        record(MachineFiles.VIRQ, 4);
        record(32752, PORT);
        record(-2, PORT);
        record(17, PORT);
        record(MachineFiles.VIRQ, MachineFiles.VIRQ_DOM_EXC);
        await().untilAsserted(() -> assertThat(reported).containsExactly(port));
    }

    @Test
    void aDomainHearsItsOwnPortAndAFullFifoStopsNobody() throws Exception {
        domain(3, "running");
        int port = machine().eventChannels().bindInterdomain(3, PORT);
        for (int i = 0; i < 100_000; i++) {
            machine().eventChannels().signal(port);
        }
        ByteBuffer heard = ByteBuffer.allocate(8).order(ByteOrder.nativeOrder());
        try (FileChannel fifo =
                FileChannel.open(directory.resolve("ev/3"), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            assertThat(fifo.read(heard)).isEqualTo(8);
        }
        assertThat(heard.flip().getInt()).isEqualTo(PORT);
    }

    @Test
    void aChannelThatWasUnboundIsSilentAndCanBeBoundAgain() throws Exception {
        domain(3, "running");
        int port = machine().eventChannels().bindInterdomain(3, PORT);
        await().untilAsserted(() -> assertThat(reported).containsExactly(port));
        assertThatThrownBy(() -> machine().eventChannels().bindInterdomain(3, PORT + 1))
                .isInstanceOf(HypervisorException.class);
        machine().eventChannels().unbind(port);
        machine().eventChannels().unmask(port);
        machine().eventChannels().signal(port);
        int virq = machine().eventChannels().bindDomainException();
        record(3, PORT);
        record(MachineFiles.VIRQ, MachineFiles.VIRQ_DOM_EXC);
        await().untilAsserted(() -> assertThat(reported).containsExactly(port, virq));
        assertThat(machine().eventChannels().bindInterdomain(3, PORT + 1)).isEqualTo(port);
    }
}
