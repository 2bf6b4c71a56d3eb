package org.jxenstored.xen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.jxenstored.xen.fake.Obstacles.blocked;

import org.junit.jupiter.api.Test;
import org.jxenstored.hypervisor.Obstacle;
import org.jxenstored.xen.domain.XenVersion;
import org.jxenstored.xen.fake.FakeKernel;
import org.jxenstored.xen.fake.FakeMachine;

final class XenMachineTest {
    private final FakeKernel kernel = new FakeKernel(new FakeMachine());
    private final XenMachine machine = new XenMachine(kernel);

    @Test
    void theKernelTellsThatItIsXenAndWhich() {
        kernel.version(4, 18);
        assertThatCode(machine::check).doesNotThrowAnyException();
        assertThat(machine.version()).hasValue(new XenVersion(4, 18));
        assertThat(kernel.opened()).doesNotContain("/dev/xen/privcmd");
    }

    @Test
    void anotherHypervisorIsNamed() {
        kernel.text("/sys/hypervisor/type", "kvm\n");
        blocked(Obstacle.NO_HYPERVISOR, machine::check, "runs on kvm, not on Xen");
    }

    @Test
    void aMachineWithoutAnySignOfXenIsRefused() {
        kernel.remove("/sys/hypervisor/type");
        assertThatCode(machine::check).as("it has Xen's devices").doesNotThrowAnyException();
        kernel.remove("/dev/xen");
        blocked(Obstacle.NO_HYPERVISOR, machine::check, "does not run on Xen", "--hypervisor sim");
        assertThat(kernel.openFiles()).isZero();
    }

    @Test
    void whereTheKernelDoesNotShowTheVersionXenIsAsked() {
        kernel.remove("/sys/hypervisor/version/minor");
        assertThat(machine.version()).hasValue(new XenVersion(4, 17));
        kernel.text("/sys/hypervisor/version/minor", "seventeen");
        assertThat(machine.version()).hasValue(new XenVersion(4, 17));
        kernel.refuseRequest(0x305000, 38);
        assertThat(machine.version()).isEmpty();
        kernel.remove("/dev/xen/privcmd");
        assertThat(machine.version()).isEmpty();
        assertThat(kernel.openFiles()).isZero();
    }
}
