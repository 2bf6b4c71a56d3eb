package org.jxenstored.sim.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.jxenstored.hypervisor.BackendCommand.Result;
import org.jxenstored.hypervisor.DomainState;
import org.jxenstored.hypervisor.Hypervisor;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.hypervisor.MappedRing;
import org.jxenstored.hypervisor.Obstacle;
import org.jxenstored.hypervisor.OwnRing;
import org.jxenstored.protocol.Errno;
import org.jxenstored.sim.SimulatedXenProvider;
import org.jxenstored.sim.SimulatorOptions;
import org.jxenstored.sim.host.SimDomain;
import org.jxenstored.sim.host.SimHost;

/** What daemons see of a machine that is a process of its own, and what is left when they end. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class MachineProcessTest {
    @TempDir
    Path temporary;

    private final BlockingQueue<Integer> fired = new LinkedBlockingQueue<>();
    private MachineProcess machine;
    private SimHost host;
    private SimDomain guest;

    private Path directory() {
        return temporary.resolve("machine");
    }

    @BeforeEach
    void switchOn() throws Exception {
        machine = MachineProcess.start(directory(), SimulatorOptions.read(Map.of()));
        host = machine.machine().dom0().host();
        guest = host.createDomain();
        guest.prepareStore(0);
        guest.unpause();
    }

    @AfterEach
    void switchOff() throws Exception {
        machine.close();
    }

    private Hypervisor daemon() throws HypervisorException {
        Hypervisor daemon =
                new SimulatedXenProvider().open(Map.of("machine", directory().toString()), temporary);
        daemon.eventChannels().listen(fired::add);
        return daemon;
    }

    @Test
    void theDirectoryAndWhatIsInItAreForTheOwnerOnly() throws Exception {
        assertThat(mode(directory())).isEqualTo("rwx------");
        for (String file : List.of("machine.sock", "memory", "lock")) {
            assertThat(mode(directory().resolve(file))).as(file).isEqualTo("rw-------");
        }
    }

    private static String mode(Path file) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Test
    @DisplayName("L-RING-2, L-RING-3: guest and daemon share the page, and signal each other")
    void aRingIsShared() throws Exception {
        BlockingQueue<Boolean> heard = new LinkedBlockingQueue<>();
        guest.onStoreSignal(() -> heard.add(true));
        try (Hypervisor daemon = daemon()) {
            int port = daemon.eventChannels().bindInterdomain(guest.domid(), guest.storePort());
            assertThat(fired.take()).as("it fires once by itself").isEqualTo(port);
            daemon.eventChannels().unmask(port);
            MappedRing ring = daemon.rings().map(guest.domid(), guest.storeGfn());

            guest.ringPage().requests().write(new byte[] {1, 2, 3}, 0, 3);
            guest.signalStore();
            assertThat(fired.take()).isEqualTo(port);
            assertThat(ring.page().requests().available()).isEqualTo(3);

            ring.page().responses().write(new byte[] {4, 5}, 0, 2);
            daemon.eventChannels().signal(port);
            assertThat(heard.take()).isTrue();
            assertThat(guest.ringPage().responses().available()).isEqualTo(2);
        }
    }

    @Test
    void theListOfDomainsIsTheMachines() throws Exception {
        try (Hypervisor daemon = daemon()) {
            assertThat(daemon.domains().list()).containsExactly(host.dom0().state(), guest.state());
            assertThat(daemon.domains().find(guest.domid())).contains(guest.state());
            assertThat(daemon.domains().find(77)).isEmpty();
            assertThat(daemon.domains().recordsChanges()).isTrue();
            OwnRing own = daemon.rings().ownRing().orElseThrow();
            assertThat(own.domid()).isZero();
            assertThat(own.remotePort()).isEqualTo(host.dom0().storePort());
        }
    }

    @Test
    @DisplayName("P-INTRO-4: what Xen refuses is refused with its errno and words")
    void aRefusalComesThrough() throws Exception {
        try (Hypervisor daemon = daemon()) {
            assertThatExceptionOfType(HypervisorException.class)
                    .isThrownBy(() -> daemon.eventChannels().bindInterdomain(77, 1))
                    .withMessage("domain 77 does not exist")
                    .satisfies(refused -> assertThat(refused.errno()).isEqualTo(Errno.EINVAL));
            assertThatExceptionOfType(HypervisorException.class)
                    .isThrownBy(() -> daemon.rings().map(77, 1))
                    .satisfies(refused -> assertThat(refused.errno()).isEqualTo(Errno.EINVAL));
        }
    }

    @Test
    @DisplayName(
            "L-VIRQ-2, L-VIRQ-4, L-REF-2: each daemon finds all free that the one before had, however soon it comes")
    void theNextDaemonFindsAllFree() throws Exception {
        for (int i = 0; i < 100; i++) {
            Hypervisor daemon = daemon();
            int virq = daemon.eventChannels().bindDomainException();
            assertThat(daemon.domains().takeChanged()).containsExactly(0, guest.domid());
            var _ = daemon.rings().map(guest.domid(), guest.storeGfn());
            var _ = daemon.eventChannels().bindInterdomain(guest.domid(), guest.storePort());
            assertThat(virq).isPositive();
            daemon.close();
        }
        try (Hypervisor daemon = daemon()) {
            guest.destroy();
            assertThat(daemon.domains().find(guest.domid()))
                    .as("nobody maps it any more")
                    .isEmpty();
        }
    }

    @Test
    @DisplayName("L-VIRQ-1: VIRQ_DOM_EXC tells a daemon of a death, once until it is unmasked")
    void aDeathIsTold() throws Exception {
        try (Hypervisor daemon = daemon()) {
            int virq = daemon.eventChannels().bindDomainException();
            var _ = daemon.domains().takeChanged();
            MappedRing ring = daemon.rings().map(guest.domid(), guest.storeGfn());
            guest.destroy();
            assertThat(fired.take()).isEqualTo(virq);
            assertThat(daemon.domains().takeChanged()).containsExactly(guest.domid());
            assertThat(daemon.domains().find(guest.domid()))
                    .hasValueSatisfying(state -> assertThat(state.life())
                            .as("its page is still mapped")
                            .isEqualTo(DomainState.Life.DEAD));
            daemon.eventChannels().unmask(virq);
            ring.close();
            assertThat(fired.take()).isEqualTo(virq);
            assertThat(daemon.domains().find(guest.domid())).isEmpty();
        }
    }

    @Test
    @DisplayName("L-VIRQ-4: a second daemon is told that there is one")
    void aSecondDaemonIsRefused() throws Exception {
        try (Hypervisor first = daemon();
                Hypervisor second = daemon()) {
            var _ = first.eventChannels().bindDomainException();
            assertThatExceptionOfType(HypervisorException.class)
                    .isThrownBy(() -> second.eventChannels().bindDomainException())
                    .withMessageContaining("another daemon is running")
                    .satisfies(refused -> assertThat(refused.obstacle()).isEqualTo(Obstacle.ALREADY_SERVED));
        }
    }

    @Test
    void commandsAreCarriedOutInTheMachine() throws Exception {
        try (Hypervisor daemon = daemon()) {
            assertThat(sim(daemon, "help"))
                    .isInstanceOfSatisfying(
                            Result.Text.class, help -> assertThat(help.text()).contains("sim create"));
            assertThat(sim(daemon, "destroy", "web"))
                    .as("no daemon serves, so dom0 cannot start")
                    .isInstanceOfSatisfying(
                            Result.Failed.class,
                            failed -> assertThat(failed.errno()).isEqualTo(Errno.EBUSY));
        }
    }

    private static Result sim(Hypervisor daemon, String... words) {
        return daemon.commands()
                .getFirst()
                .run(List.of(words))
                .toCompletableFuture()
                .join();
    }

    @Test
    void whenTheMachineEndsTheDaemonIsTold() throws Exception {
        try (Hypervisor daemon = daemon()) {
            MappedRing ring = daemon.rings().map(guest.domid(), guest.storeGfn());
            machine.close();

            HypervisorException gone = daemon.gone().toCompletableFuture().join();
            assertThat(gone.obstacle()).isEqualTo(Obstacle.NO_HYPERVISOR);
            assertThat(gone).hasMessageContaining("the simulated machine in " + directory() + " is gone");
            assertThatIllegalStateException()
                    .as("its domains are not dead one by one")
                    .isThrownBy(() -> daemon.domains().list());
            assertThatExceptionOfType(HypervisorException.class)
                    .isThrownBy(() -> daemon.rings().map(guest.domid(), guest.storeGfn()))
                    .satisfies(refused -> assertThat(refused.errno()).isEqualTo(Errno.EIO));
            assertThat(sim(daemon, "list")).isInstanceOf(Result.Failed.class);
            assertThat(ring.page().requests().available())
                    .as("the page can still be read")
                    .isZero();
            daemon.eventChannels().signal(1);
        }
        assertThat(directory()).isDirectoryNotContaining(file -> !file.endsWith("lock"));
    }

    @Test
    void whereNoMachineRunsTheDaemonDoesNotStart() throws Exception {
        machine.close();
        assertThatExceptionOfType(HypervisorException.class)
                .isThrownBy(this::daemon)
                .withMessageContaining("start it with xensim " + directory())
                .satisfies(refused -> assertThat(refused.obstacle()).isEqualTo(Obstacle.NO_HYPERVISOR));
    }

    @Test
    void settingsOfAMachineThatRunsCannotBeGivenToADaemon() {
        assertThatExceptionOfType(HypervisorException.class)
                .isThrownBy(() -> new SimulatedXenProvider()
                        .open(Map.of("machine", directory().toString(), "seed", "7"), temporary))
                .withMessage("the machine in " + directory() + " runs already: give [seed] to xensim");
        assertThatExceptionOfType(HypervisorException.class)
                .isThrownBy(() -> new SimulatedXenProvider().open(Map.of("machine", ""), temporary))
                .withMessageContaining("names no directory");
    }

    @Test
    void aDirectoryHasOneMachine() {
        assertThatIOException()
                .isThrownBy(() -> MachineProcess.start(directory(), SimulatorOptions.read(Map.of())))
                .withMessage("another machine runs in " + directory() + ": give another directory");
    }

    @Test
    void aDirectoryThatOthersCanLookIntoIsRefused() throws Exception {
        Path open = Files.createDirectory(
                temporary.resolve("open"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        assertThatIOException()
                .isThrownBy(() -> MachineProcess.start(open, SimulatorOptions.read(Map.of())))
                .withMessageContaining("chmod 700");
    }

    @Test
    @DisplayName("lifecycle.md 14: with the store in a domain of its own, daemons come and go in that domain")
    void theStoreInADomainOfItsOwn() throws Exception {
        Path other = temporary.resolve("stubdom");
        MachineProcess stubdom = MachineProcess.start(other, SimulatorOptions.read(Map.of("store", "stubdom")));
        for (int i = 0; i < 2; i++) {
            try (Hypervisor daemon = new SimulatedXenProvider().open(Map.of("machine", other.toString()), temporary)) {
                daemon.eventChannels().listen(fired::add);
                assertThat(daemon.rings().ownRing()).isEmpty();
                int port = daemon.controlDomainPort().orElseThrow();
                assertThat(daemon.eventChannels().bindInterdomain(0, port)).isPositive();
                var _ = daemon.eventChannels().bindDomainException();
                var _ = daemon.rings().map(0, 0);
            }
        }
        stubdom.close();
    }
}
