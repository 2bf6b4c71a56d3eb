package org.jxenstored.benchmarks.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jxenstored.hypervisor.EventChannels;
import org.jxenstored.hypervisor.Hypervisor;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.hypervisor.PendingSource;
import org.jxenstored.hypervisor.PendingSource.Outcome;

/** The event channels of the machine of files, for a daemon that waits for them itself. */
final class FifoSourceTest {
    private static final int PORT = 5;

    @TempDir
    Path directory = Path.of("");

    private final List<Integer> reported = new ArrayList<>();
    private @Nullable Hypervisor opened;
    private @Nullable PendingSource source;

    @BeforeEach
    void openTheMachine() throws HypervisorException {
        opened = new FilesProvider().open(Map.of("directory", directory.toString()), Path.of("elsewhere"));
        source = channels().source().orElseThrow();
    }

    @AfterEach
    void closeTheMachine() {
        Hypervisor machine = Objects.requireNonNull(opened);
        machine.close();
        machine.close();
    }

    private EventChannels channels() {
        return Objects.requireNonNull(opened).eventChannels();
    }

    private Outcome read() {
        return Objects.requireNonNull(source).read(reported::add);
    }

    private int bind(int domid) throws IOException, HypervisorException {
        Files.writeString(directory.resolve("dom").resolve(Integer.toString(domid)), "running");
        return channels().bindInterdomain(domid, PORT);
    }

    private void record(int domid, int port) throws IOException {
        ByteBuffer record = ByteBuffer.allocate(8)
                .order(ByteOrder.nativeOrder())
                .putInt(domid)
                .putInt(port);
        Files.write(directory.resolve("ev/daemon"), record.array(), StandardOpenOption.WRITE);
    }

    @Test
    void aNewChannelFiresOnceByItselfWhenItIsRead() throws Exception {
        int port = bind(3);
        assertThat(reported).isEmpty();
        assertThat(read()).isEqualTo(Outcome.REPORTED);
        assertThat(read()).isEqualTo(Outcome.NOTHING);
        assertThat(reported).containsExactly(port);
    }

    @Test
    void aPortThatFiresWhileItIsMaskedIsReportedOnceMoreWhenUnmasked() throws Exception {
        int port = bind(3);
        int virq = channels().bindDomainException();
        record(3, PORT);
        record(3, PORT);
        record(MachineFiles.VIRQ, MachineFiles.VIRQ_DOM_EXC);
        record(MachineFiles.VIRQ, MachineFiles.VIRQ_DOM_EXC);
        assertThat(read()).isEqualTo(Outcome.REPORTED);
        assertThat(reported).containsExactly(port, virq);
        channels().unmask(virq);
        channels().unmask(port);
        assertThat(read()).isEqualTo(Outcome.REPORTED);
        assertThat(reported).containsExactly(port, virq, virq, port);
        channels().unmask(port);
        channels().unmask(virq);
        assertThat(read()).isEqualTo(Outcome.NOTHING);
    }

    @Test
    void manyRecordsAreReadInParts() throws Exception {
        int port = bind(3);
        for (int i = 0; i < 300; i++) {
            record(3, PORT);
        }
        int parts = 0;
        while (Objects.requireNonNull(source).read(fired -> {
                    reported.add(fired);
                    channels().unmask(fired);
                })
                == Outcome.REPORTED) {
            parts++;
        }
        assertThat(parts).isGreaterThan(2);
        assertThat(reported).hasSize(301).containsOnly(port);
    }
}
