package org.jxenstored.xen.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jxenstored.xen.fake.Obstacles.blocked;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.hypervisor.Obstacle;
import org.jxenstored.xen.fake.FakeKernel;
import org.jxenstored.xen.fake.FakeMachine;
import org.jxenstored.xen.foreign.SystemCalls;

final class DeviceTest {
    private final FakeKernel kernel = new FakeKernel(new FakeMachine());

    @Test
    void aDeviceIsClosedOnce() throws HypervisorException {
        Device device = Device.open(kernel, Node.GRANTS);
        assertThat(kernel.openFiles()).isEqualTo(1);
        device.close();
        device.close();
        assertThat(kernel.openFiles()).isZero();
    }

    @ParameterizedTest
    @EnumSource(Node.class)
    void aMissingDeviceIsNamedWithWhatToDo(Node node) {
        kernel.remove(node.path());
        blocked(Obstacle.MISSING_PART, () -> Device.open(kernel, node), node.path(), node.remedy());
    }

    @ParameterizedTest
    @ValueSource(ints = {SystemCalls.ENXIO, SystemCalls.ENODEV})
    void aDeviceWithoutADriverIsAMissingOne(int errno) {
        kernel.refuse("/dev/xen/evtchn", errno);
        blocked(Obstacle.MISSING_PART, () -> Device.open(kernel, Node.EVENT_CHANNELS), "modprobe xen-evtchn");
    }

    @ParameterizedTest
    @ValueSource(ints = {SystemCalls.EACCES, SystemCalls.EPERM})
    void aDeviceThatThisUserMayNotOpenAsksForRoot(int errno) {
        kernel.refuse("/dev/xen/gntdev", errno);
        blocked(Obstacle.NO_RIGHTS, () -> Device.open(kernel, Node.GRANTS), "/dev/xen/gntdev", "run as root");
    }

    @Test
    void anyOtherErrorIsNamed() {
        kernel.refuse("/dev/xen/privcmd", 24);
        blocked(Obstacle.OTHER, () -> Device.open(kernel, Node.HYPERCALLS), "/dev/xen/privcmd", "errno 24");
        kernel.refuse("/dev/xen/privcmd", 12);
        blocked(Obstacle.OTHER, () -> Device.open(kernel, Node.HYPERCALLS), "ENOMEM");
    }

    @Test
    void aTextFileIsReadWithoutItsLineEnd() {
        kernel.text("/sys/hypervisor/uuid", " x y\n");
        assertThat(TextFile.read(kernel, "/sys/hypervisor/uuid")).hasValue("x y");
        assertThat(TextFile.read(kernel, "/sys/hypervisor/none")).isEmpty();
        assertThat(TextFile.read(kernel, "/dev/xen/evtchn")).as("not a text").isEmpty();
        assertThat(kernel.openFiles()).isZero();
    }
}
