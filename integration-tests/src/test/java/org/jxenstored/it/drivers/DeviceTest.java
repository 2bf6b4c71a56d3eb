package org.jxenstored.it.drivers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.jxenstored.it.drivers.Machine.VBD;
import static org.jxenstored.it.drivers.Machine.VIF;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.sim.guest.GuestKernel;
import org.jxenstored.sim.host.DomainConfig;
import org.jxenstored.sim.host.SimDomain;
import org.jxenstored.sim.xenbus.BackendManner;
import org.jxenstored.sim.xenbus.DeviceId;
import org.jxenstored.sim.xenbus.DeviceType;
import org.jxenstored.sim.xenbus.XenbusState;

/** Frontends and backends find each other, and backends let go. */
final class DeviceTest {
    private final Machine machine;
    private final SimDomain dom0;

    DeviceTest(@TempDir Path directory) throws HypervisorException {
        machine = new Machine(directory);
        dom0 = machine.host().dom0();
    }

    @AfterEach
    void switchOff() {
        machine.close();
    }

    private SimDomain connectedGuest(SimDomain backend) throws HypervisorException {
        SimDomain guest = machine.run(GuestKernel::new);
        machine.plug(guest, backend, VIF);
        machine.plug(guest, backend, VBD);
        machine.awaitConnection(guest, backend, VIF);
        machine.awaitConnection(guest, backend, VBD);
        return guest;
    }

    private static boolean answers(SimDomain guest, DeviceId device) throws HypervisorException {
        GuestKernel kernel = (GuestKernel) guest.program().orElseThrow();
        return kernel.frontend(device).orElseThrow().ping().join();
    }

    @Test
    @DisplayName("lifecycle.md 10: a connected backend maps every ring page, and the two ends hear each other there")
    void connect() throws Exception {
        SimDomain guest = connectedGuest(dom0);
        assertThat(Machine.ringPagesMapped(guest, dom0)).isEqualTo(3);
        assertThat(answers(guest, VIF)).isTrue();
        assertThat(answers(guest, VBD)).isTrue();
        assertThat(answers(guest, VBD)).isTrue();
    }

    @Test
    @DisplayName("a vif is offered as Connected, a vbd as Initialised")
    void handshake() throws Exception {
        SimDomain guest = connectedGuest(dom0);
        await().untilAsserted(() -> assertThat(machine.steps(guest))
                .containsSubsequence(
                        "backend vif 0: state 2 (InitWait)",
                        "vif 0: state 4 (Connected)",
                        "backend vif 0: state 4 (Connected)")
                .containsSubsequence(
                        "backend vbd 0: state 2 (InitWait)",
                        "vbd 0: state 3 (Initialised)",
                        "backend vbd 0: state 4 (Connected)",
                        "vbd 0: state 4 (Connected)"));
    }

    @Test
    @DisplayName("a device that is there before its guest runs connects as soon as the guest does")
    void devicesFromTheStart() throws Exception {
        SimDomain guest = machine.build(DomainConfig.SMALL, GuestKernel::new);
        machine.plug(guest, dom0, VBD);
        machine.awaitState(Machine.backend(guest, dom0, VBD), XenbusState.INIT_WAIT);
        guest.unpause();
        machine.awaitConnection(guest, dom0, VBD);
    }

    @Test
    @DisplayName("a backend that is asked to close lets go, closes, and its frontend follows")
    void removalInGoodOrder() throws Exception {
        SimDomain guest = connectedGuest(dom0);
        machine.unplug(guest, dom0, VBD);
        machine.awaitState(Machine.backend(guest, dom0, VBD), XenbusState.CLOSED);
        machine.awaitState(Machine.frontend(guest, VBD), XenbusState.CLOSED);
        assertThat(Machine.ringPagesMapped(guest, dom0)).isEqualTo(2);
        assertThat(answers(guest, VBD)).isFalse();
        assertThat(answers(guest, VIF)).isTrue();
    }

    @Test
    @DisplayName("a device that was removed and given again connects with new pages")
    void replug() throws Exception {
        SimDomain guest = connectedGuest(dom0);
        machine.unplug(guest, dom0, VIF);
        machine.awaitState(Machine.backend(guest, dom0, VIF), XenbusState.CLOSED);
        machine.removeNodes(guest, dom0, VIF);
        machine.plug(guest, dom0, VIF);
        machine.awaitConnection(guest, dom0, VIF);
        assertThat(Machine.ringPagesMapped(guest, dom0)).isEqualTo(3);
        assertThat(answers(guest, VIF)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"frontend", "backend", "both"})
    @DisplayName("L-KILL-5: a good backend lets go when its own or its frontend's nodes vanish")
    void removalByForce(String whose) throws Exception {
        SimDomain guest = connectedGuest(dom0);
        switch (whose) {
            case "frontend" -> machine.store().remove(Machine.frontend(guest, VBD));
            case "backend" -> machine.store().remove(Machine.backend(guest, dom0, VBD));
            default -> machine.removeNodes(guest, dom0, VBD);
        }
        await().until(() -> Machine.ringPagesMapped(guest, dom0) == 2);
        assertThat(answers(guest, VIF)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"backend", "backend/vif", "backend/vif/1"})
    @DisplayName("a backend notices that its nodes vanished together with others")
    void removalFromAbove(String path) throws Exception {
        SimDomain guest = connectedGuest(dom0);
        assertThat(guest.domid()).isEqualTo(1);
        machine.store().remove("/local/domain/0/" + path);
        long left = path.equals("backend") ? 0 : 1;
        await().until(() -> Machine.ringPagesMapped(guest, dom0) == left);
    }

    @Test
    @DisplayName("neither end makes nodes again that a toolstack has removed")
    void removedNodesStayRemoved() throws Exception {
        SimDomain driver = machine.run(domain -> GuestKernel.driverDomain(domain, BackendManner.GOOD));
        SimDomain guest = connectedGuest(driver);
        machine.removeNodes(guest, driver, VIF);
        await().until(() -> Machine.ringPagesMapped(guest, driver) == 1);
        // The vbd's handshake comes after whatever the drivers still do for the vif.
        machine.unplug(guest, driver, VBD);
        machine.awaitState(Machine.backend(guest, driver, VBD), XenbusState.CLOSED);
        machine.awaitState(Machine.frontend(guest, VBD), XenbusState.CLOSED);
        assertThat(machine.store().exists(Machine.frontend(guest, VIF))).isFalse();
        assertThat(machine.store().exists(Machine.backend(guest, driver, VIF))).isFalse();
    }

    @Test
    @DisplayName("L-REF-3: a destroyed guest is freed when its good backend has let go")
    void deathOfTheGuest() throws Exception {
        SimDomain driver = machine.run(domain -> GuestKernel.driverDomain(domain, BackendManner.GOOD));
        SimDomain guest = connectedGuest(driver);
        assertThat(Machine.ringPagesMapped(guest, driver)).isEqualTo(3);
        guest.destroy();
        await().until(() -> !machine.exists(guest));
    }

    @Test
    @DisplayName("L-DRV-1: a stuck driver domain keeps a dead guest as a zombie until it is destroyed itself")
    void stuckDriverDomain() throws Exception {
        SimDomain driver = machine.run(domain -> GuestKernel.driverDomain(domain, BackendManner.STUCK));
        SimDomain guest = connectedGuest(driver);
        machine.unplug(guest, driver, VIF);
        guest.destroy();
        await().untilAsserted(() ->
                assertThat(machine.steps(guest)).contains("never lets go of vif 0", "never lets go of vbd 0"));
        assertThat(Machine.isDead(guest)).isTrue();
        assertThat(machine.exists(guest)).isTrue();
        assertThat(Machine.ringPagesMapped(guest, driver)).isEqualTo(3);
        driver.destroy();
        await().until(() -> !machine.exists(guest) && !machine.exists(driver));
    }

    @Test
    @DisplayName("L-DRV-5: a frontend gives its pages up when the domain of its backend dies")
    void deathOfTheDriverDomain() throws Exception {
        SimDomain driver = machine.run(domain -> GuestKernel.driverDomain(domain, BackendManner.GOOD));
        SimDomain guest = connectedGuest(driver);
        driver.destroy();
        machine.awaitState(Machine.frontend(guest, VIF), XenbusState.CLOSED);
        machine.awaitState(Machine.frontend(guest, VBD), XenbusState.CLOSED);
        assertThat(answers(guest, VIF)).isFalse();
        assertThat(Machine.ringPagesMapped(guest, driver)).isZero();
    }

    @Test
    @DisplayName("a guest that offers nonsense loses its device and nobody else's")
    void nonsense() throws Exception {
        SimDomain good = connectedGuest(dom0);
        SimDomain bad = machine.run(GuestKernel::bare);
        machine.plug(bad, dom0, VBD);
        machine.awaitState(Machine.backend(bad, dom0, VBD), XenbusState.INIT_WAIT);
        machine.store().write(Machine.frontend(bad, VBD) + "/ring-ref", "4711");
        machine.store().write(Machine.frontend(bad, VBD) + "/event-channel", "1");
        machine.store().write(Machine.frontend(bad, VBD) + "/state", XenbusState.INITIALISED.text());
        machine.awaitState(Machine.backend(bad, dom0, VBD), XenbusState.CLOSED);
        assertThat(machine.steps(bad)).anyMatch(step -> step.startsWith("closes vbd 0: grant 4711 of domain 2"));
        machine.plug(good, dom0, new DeviceId(DeviceType.VBD, 768));
        machine.awaitConnection(good, dom0, new DeviceId(DeviceType.VBD, 768));
        assertThat(answers(good, VIF)).isTrue();
    }

    @Test
    @DisplayName("a kernel that finds a device as its predecessor left it connects it anew")
    void restoredGuest() throws Exception {
        SimDomain guest = machine.build(DomainConfig.SMALL, GuestKernel::restored);
        machine.plug(guest, dom0, VIF);
        machine.store().write(Machine.frontend(guest, VIF) + "/state", XenbusState.CONNECTED.text());
        guest.unpause();
        machine.awaitConnection(guest, dom0, VIF);
        assertThat(answers(guest, VIF)).isTrue();
        assertThat(machine.steps(guest)).contains("goes on after the restore");
    }

    @Test
    @DisplayName("a driver domain serves the devices that were there before it")
    void devicesBeforeTheirBackend() throws Exception {
        SimDomain driver =
                machine.build(DomainConfig.SMALL, domain -> GuestKernel.driverDomain(domain, BackendManner.GOOD));
        SimDomain guest = machine.run(GuestKernel::new);
        List<DeviceId> devices =
                List.of(VIF, VBD, new DeviceId(DeviceType.VIF, 1), new DeviceId(DeviceType.VBD, 51728));
        devices.forEach(device -> machine.plug(guest, driver, device));
        driver.unpause();
        devices.forEach(device -> machine.awaitConnection(guest, driver, device));
    }
}
