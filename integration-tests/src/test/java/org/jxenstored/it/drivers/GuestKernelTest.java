package org.jxenstored.it.drivers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.jxenstored.it.drivers.Machine.VBD;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.protocol.NodePath;
import org.jxenstored.sim.guest.GuestKernel;
import org.jxenstored.sim.guest.Misbehaviour;
import org.jxenstored.sim.guest.ShutdownRequest;
import org.jxenstored.sim.guest.Transactions;
import org.jxenstored.sim.host.DomainConfig;
import org.jxenstored.sim.host.DomainType;
import org.jxenstored.sim.host.ShutdownCode;
import org.jxenstored.sim.host.SimDomain;

/** What an ordinary guest does when its toolstack asks, and what a bad one does instead. */
final class GuestKernelTest {
    private final Machine machine;

    GuestKernelTest(@TempDir Path directory) throws HypervisorException {
        machine = new Machine(directory);
    }

    @AfterEach
    void switchOff() {
        machine.close();
    }

    private static String home(SimDomain guest, String node) {
        return NodePath.homeOf(guest.domid()) + "/" + node;
    }

    private SimDomain bootedGuest() throws HypervisorException {
        SimDomain guest = machine.run(GuestKernel::new);
        machine.awaitText(home(guest, "control/feature-suspend"), "1");
        return guest;
    }

    private void ask(SimDomain guest, ShutdownRequest request) {
        machine.store().write(home(guest, "control/shutdown"), request.word());
    }

    private static void awaitShutdown(SimDomain guest, int code) {
        await().until(() -> guest.state().shutdown());
        assertThat(guest.state().shutdownCode()).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({"POWEROFF, 0", "HALT, 0", "REBOOT, 1", "SUSPEND, 2"})
    @DisplayName("L-SUSP-3: a guest acknowledges control/shutdown by the empty text and shuts down with its code")
    void obeys(ShutdownRequest request, int code) throws Exception {
        SimDomain guest = bootedGuest();
        ask(guest, request);
        awaitShutdown(guest, code);
        assertThat(machine.text(home(guest, "control/shutdown"))).isEmpty();
        assertThat(machine.steps(guest))
                .containsSubsequence(
                        "takes " + request.word() + ": control/shutdown = (empty)",
                        "SCHEDOP_shutdown(" + ShutdownCode.name(code) + ")");
    }

    @Test
    @DisplayName("a guest ignores a request it does not know, and obeys the next")
    void unknownRequest() throws Exception {
        SimDomain guest = bootedGuest();
        machine.store().write(home(guest, "control/shutdown"), "sing");
        machine.awaitText(home(guest, "control/shutdown"), "");
        ask(guest, ShutdownRequest.POWEROFF);
        awaitShutdown(guest, ShutdownCode.POWEROFF);
    }

    @Test
    @DisplayName("L-SUSP-7: a resumed guest registers its watches anew and its devices go on")
    void resume() throws Exception {
        SimDomain guest = bootedGuest();
        machine.plug(guest, machine.host().dom0(), VBD);
        machine.awaitConnection(guest, machine.host().dom0(), VBD);
        for (int round = 0; round < 3; round++) {
            ask(guest, ShutdownRequest.SUSPEND);
            awaitShutdown(guest, ShutdownCode.SUSPEND);
            guest.resume();
            machine.store().resume(guest.domid());
        }
        GuestKernel kernel = (GuestKernel) guest.program().orElseThrow();
        assertThat(kernel.frontend(VBD).orElseThrow().ping().join()).isTrue();
        ask(guest, ShutdownRequest.REBOOT);
        awaitShutdown(guest, ShutdownCode.REBOOT);
    }

    @Test
    @DisplayName("L-SUSP-1: a guest that is signalled over its suspend event channel suspends and signals back")
    void suspendByEventChannel() throws Exception {
        SimDomain guest = machine.run(GuestKernel::new);
        String node = home(guest, "device/suspend/event-channel");
        await().until(() -> !machine.text(node).isEmpty());
        int guestsPort = Integer.parseInt(machine.text(node));
        SimDomain dom0 = machine.host().dom0();
        int port = dom0.ports().bindInterdomain(guest.domid(), guestsPort);
        AtomicInteger heard = new AtomicInteger();
        dom0.ports().handle(port, false, _ -> heard.incrementAndGet());
        await("the new port's first event").untilAtomic(heard, equalTo(1));
        guest.subscribeSuspend(guestsPort);
        for (int round = 2; round <= 3; round++) {
            dom0.ports().signal(port);
            await().untilAtomic(heard, equalTo(round));
            awaitShutdown(guest, ShutdownCode.SUSPEND);
            guest.resume();
            machine.store().resume(guest.domid());
        }
        ask(guest, ShutdownRequest.POWEROFF);
        awaitShutdown(guest, ShutdownCode.POWEROFF);
    }

    @Test
    @DisplayName("a guest starts and stops its virtual CPUs as cpu/N/availability says")
    void vcpus() throws Exception {
        SimDomain guest = machine.build(DomainConfig.SMALL.withVcpus(4), GuestKernel::new);
        guest.unpause();
        await().until(() -> guest.onlineVcpus() == 4);
        machine.store().write(home(guest, "cpu/2/availability"), "offline");
        await().until(() -> guest.onlineVcpus() == 3);
        machine.store().write(home(guest, "cpu/0/availability"), "offline");
        machine.store().write(home(guest, "cpu/2/availability"), "online");
        await().until(() -> guest.onlineVcpus() == 4);
    }

    @Test
    @DisplayName("L-SUSP-9: after a soft reset the kernel starts from the beginning, in the same domain")
    void softReset() throws Exception {
        SimDomain guest = bootedGuest();
        machine.plug(guest, machine.host().dom0(), VBD);
        machine.awaitConnection(guest, machine.host().dom0(), VBD);
        guest.shutdown(ShutdownCode.SOFT_RESET);
        machine.unplug(guest, machine.host().dom0(), VBD);
        await().until(() -> Machine.ringPagesMapped(guest, machine.host().dom0()) == 0);
        machine.removeNodes(guest, machine.host().dom0(), VBD);
        machine.store().release(guest.domid());
        guest.pause();
        guest.softReset();
        machine.createNodes(guest);
        machine.plug(guest, machine.host().dom0(), VBD);
        machine.store().introduce(guest.domid(), guest.storeGfn(), guest.prepareStore(0));
        guest.unpause();
        machine.awaitConnection(guest, machine.host().dom0(), VBD);
        ask(guest, ShutdownRequest.POWEROFF);
        awaitShutdown(guest, ShutdownCode.POWEROFF);
    }

    @Test
    @DisplayName("a bare kernel offers the ring to the programs of its domain and obeys nobody")
    void bare() throws Exception {
        SimDomain guest = machine.run(GuestKernel::bare);
        GuestKernel kernel = (GuestKernel) guest.program().orElseThrow();
        await().until(() -> kernel.store().isPresent());
        ask(guest, ShutdownRequest.POWEROFF);
        kernel.store().orElseThrow().write("data/from", "a program");
        assertThat(machine.text(home(guest, "data/from"))).isEqualTo("a program");
        assertThat(machine.text(home(guest, "control/shutdown"))).isEqualTo("poweroff");
        assertThat(guest.isRunning()).isTrue();
    }

    @Test
    @DisplayName("a guest that ignores shutdown requests still connects its devices")
    void deaf() throws Exception {
        SimDomain guest = machine.run(domain -> GuestKernel.misbehaving(domain, Misbehaviour.IGNORES_SHUTDOWN));
        ask(guest, ShutdownRequest.POWEROFF);
        machine.plug(guest, machine.host().dom0(), VBD);
        machine.awaitConnection(guest, machine.host().dom0(), VBD);
        assertThat(machine.text(home(guest, "control/shutdown"))).isEqualTo("poweroff");
        assertThat(guest.isRunning()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"CRASHES_AT_BOOT, 3", "TRIPLE_FAULTS, 1"})
    @DisplayName("lifecycle.md 5.1: a guest ends at once by a panic, or by a triple fault")
    void endsAtBoot(Misbehaviour how, int code) throws Exception {
        SimDomain guest = machine.run(domain -> GuestKernel.misbehaving(domain, how));
        awaitShutdown(guest, code);
        assertThat(guest.config().type()).isEqualTo(DomainType.PVH);
    }

    @Test
    @DisplayName("a kernel whose request the store refuses panics")
    void panic() throws Exception {
        SimDomain guest = machine.build(DomainConfig.SMALL, GuestKernel::new);
        machine.store().remove(home(guest, "control"));
        guest.unpause();
        awaitShutdown(guest, ShutdownCode.CRASH);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    @DisplayName("C-LIB-15: a transaction of a simulated program starts over until it does not collide any more")
    void transactionsStartOver(int collisions) {
        machine.store().write("/counter", "0");
        int[] attempts = {0};
        int seen = Transactions.call(machine.store(), machine.host().time(), transaction -> {
            int count = Integer.parseInt(transaction.readText("/counter"));
            if (attempts[0] < collisions) {
                attempts[0]++;
                machine.store().write("/counter", Integer.toString(attempts[0]));
            }
            transaction.write("/counter", Integer.toString(count + 100));
            return count;
        });
        assertThat(seen).isEqualTo(collisions);
        assertThat(machine.text("/counter")).isEqualTo(Integer.toString(collisions + 100));
    }
}
