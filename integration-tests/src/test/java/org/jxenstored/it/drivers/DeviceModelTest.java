package org.jxenstored.it.drivers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.sim.devicemodel.DeviceModel;
import org.jxenstored.sim.guest.GuestKernel;
import org.jxenstored.sim.host.DomainConfig;
import org.jxenstored.sim.host.DomainType;
import org.jxenstored.sim.host.Reference;
import org.jxenstored.sim.host.ShutdownCode;
import org.jxenstored.sim.host.SimDomain;
import org.jxenstored.sim.xenbus.BackendManner;

/** Device models keep the guests they serve from being freed (lifecycle.md 10). */
final class DeviceModelTest {
    private static final DomainConfig HVM = DomainConfig.SMALL.withType(DomainType.HVM);

    private final Machine machine;
    private final SimDomain guest;
    private final String directory;

    DeviceModelTest(@TempDir Path temporary) throws HypervisorException {
        machine = new Machine(temporary);
        guest = machine.build(HVM, GuestKernel::new);
        directory = "/local/domain/0/device-model/" + guest.domid();
    }

    @AfterEach
    void switchOff() {
        machine.close();
    }

    private DeviceModel running(BackendManner manner) throws HypervisorException {
        DeviceModel qemu = DeviceModel.inDom0(machine.host(), machine.store(), guest, manner);
        qemu.start();
        machine.awaitText(directory + "/state", "running");
        guest.unpause();
        return qemu;
    }

    private boolean isServedBy(SimDomain model) {
        return guest.references().contains(new Reference(Reference.Kind.IOREQ_MAP, model.domid()));
    }

    @Test
    @DisplayName("a device model in dom0 says that it runs once it has mapped the IOREQ pages")
    void running() throws Exception {
        DeviceModel qemu = running(BackendManner.GOOD);
        assertThat(isServedBy(machine.host().dom0())).isTrue();
        qemu.stop();
        assertThat(isServedBy(machine.host().dom0())).isFalse();
    }

    @Test
    @DisplayName("a device model ends when its directory vanishes, and its dead guest is freed")
    void removal() throws Exception {
        var _ = running(BackendManner.GOOD);
        guest.destroy();
        await().until(() -> Machine.isDead(guest));
        assertThat(machine.exists(guest)).isTrue();
        machine.store().remove(directory);
        await().until(() -> !machine.exists(guest));
    }

    @Test
    @DisplayName("L-REF-1: a device model that never unmaps keeps its guest as a zombie until it is killed")
    void stuck() throws Exception {
        DeviceModel qemu = running(BackendManner.STUCK);
        guest.destroy();
        qemu.stop();
        machine.store().remove(directory);
        await().until(() -> machine.steps(guest).contains("never lets go of the IOREQ pages"));
        assertThat(machine.exists(guest)).isTrue();
        qemu.kill();
        await().until(() -> !machine.exists(guest));
    }

    @Test
    @DisplayName("lifecycle.md 5.1: a device model can switch its guest off")
    void powerOff() throws Exception {
        DeviceModel qemu = running(BackendManner.GOOD);
        qemu.powerOff();
        await().until(() -> guest.state().shutdown());
        assertThat(guest.state().shutdownCode()).isEqualTo(ShutdownCode.POWEROFF);
    }

    @Test
    @DisplayName("L-ST-1: a device model for a guest that died before it started ends by itself")
    void tooLate() throws Exception {
        guest.destroy();
        DeviceModel qemu = DeviceModel.inDom0(machine.host(), machine.store(), guest);
        qemu.start();
        await().until(() -> !machine.exists(guest));
        qemu.stop();
        assertThat(machine.text(directory + "/state")).isEmpty();
    }

    @Test
    @DisplayName("lifecycle.md 10: a stub domain serves its target from its own home; the target is freed after it")
    void stubDomain() throws Exception {
        SimDomain stub = machine.build(
                DomainConfig.SMALL.withType(DomainType.PV), domain -> DeviceModel.stubdomain(domain, guest.domid()));
        stub.setTarget(guest.domid());
        machine.store().setTarget(stub.domid(), guest.domid());
        stub.unpause();
        String state = "/local/domain/" + stub.domid() + "/device-model/" + guest.domid() + "/state";
        machine.awaitText(state, "running");
        assertThat(isServedBy(stub)).isTrue();
        guest.unpause();
        guest.destroy();
        machine.store().remove(state);
        await().until(() -> !isServedBy(stub));
        assertThat(machine.exists(guest)).isTrue();
        stub.destroy();
        await().until(() -> !machine.exists(guest));
    }
}
