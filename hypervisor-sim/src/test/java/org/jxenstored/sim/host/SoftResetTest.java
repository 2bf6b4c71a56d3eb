package org.jxenstored.sim.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jxenstored.sim.host.Refusals.refused;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.hypervisor.RingMapper;
import org.jxenstored.protocol.Errno;

final class SoftResetTest {
    private final SimHost host = new SimHost(1, Runnable::run);
    private final StringBuilder ran = new StringBuilder();
    private SimDomain guest = host.dom0();

    @BeforeEach
    void start() throws Exception {
        guest = host.createDomain(DomainConfig.SMALL.withVcpus(2));
        guest.prepareStore(0);
        guest.load(program("old"));
        guest.unpause();
        guest.startVcpu(1);
    }

    @AfterEach
    void switchOff() {
        host.close();
    }

    private GuestProgram program(String name) {
        return new GuestProgram() {
            @Override
            public void start() {
                ran.append(name).append(" starts; ");
            }

            @Override
            public void stop() {
                ran.append(name).append(" stops; ");
            }
        };
    }

    @Test
    @DisplayName("L-SUSP-9: after a soft reset the domain has the same ids, runs anew, and is not shut down")
    void theIdsStay() throws Exception {
        long uniqueId = guest.uniqueId();
        guest.shutdown(ShutdownCode.SOFT_RESET);
        guest.softReset();
        assertThat(guest.uniqueId()).isEqualTo(uniqueId);
        assertThat(host.find(guest.domid())).contains(guest);
        assertThat(guest.isRunning()).isTrue();
        assertThat(guest.state().shutdown()).isFalse();
        assertThat(guest.onlineVcpus()).isEqualTo(1);
        assertThat(ran).hasToString("old starts; old stops; old starts; ");
        guest.shutdown(ShutdownCode.POWEROFF);
        assertThat(guest.state().shutdownCode()).isEqualTo(ShutdownCode.POWEROFF);
    }

    @Test
    @DisplayName("L-SUSP-9: its event channels and grants are gone, and its ring page is empty")
    void channelsAndGrantsAreGone() throws Exception {
        EventPorts dom0 = host.dom0().ports();
        int port = dom0.bindInterdomain(guest.domid(), guest.storePort());
        int grant = guest.grantPage(0);
        guest.rawRing().fill((byte) 1);
        guest.shutdown(ShutdownCode.SOFT_RESET);
        guest.softReset();
        assertThat(dom0.isConnected(port)).isFalse();
        assertThat(guest.storePort()).isZero();
        assertThat(guest.rawRing().word(RawRing.CONNECTION)).isZero();
        refused(Errno.EINVAL, () -> host.dom0().mapGrant(guest.domid(), grant));
        refused(Errno.EINVAL, () -> host.dom0().mapGrant(guest.domid(), RingMapper.GRANT_XENSTORE));
        guest.prepareStore(0);
        host.dom0().mapGrant(guest.domid(), RingMapper.GRANT_XENSTORE).close();
    }

    @Test
    @DisplayName("L-SUSP-9: while a grant is mapped there is no soft reset; nothing of the guest is touched")
    void grantsMustBeIdle() throws Exception {
        guest.shutdown(ShutdownCode.SOFT_RESET);
        try (Mapping ring = host.dom0().mapGrant(guest.domid(), RingMapper.GRANT_XENSTORE)) {
            refused(Errno.EBUSY, guest::softReset);
            assertThat(ring.bytes().byteSize()).isPositive();
        }
        assertThat(ran).hasToString("old starts; ");
        assertThat(guest.state().shutdown()).isTrue();
        guest.softReset();
        assertThat(guest.isRunning()).isTrue();
    }

    @Test
    @DisplayName("L-SUSP-9: only a domain that shut down with code 5 is reset")
    void onlyWithItsCode() throws Exception {
        refused(Errno.EINVAL, guest::softReset);
        guest.shutdown(ShutdownCode.REBOOT);
        refused(Errno.EINVAL, guest::softReset);
        guest.beginDestroy();
        refused(Errno.EINVAL, guest::softReset);
    }

    @Test
    @DisplayName("L-SUSP-9: a toolstack that pauses the domain meanwhile can give it another kernel")
    void anotherKernel() throws Exception {
        guest.shutdown(ShutdownCode.SOFT_RESET);
        guest.pause();
        guest.softReset();
        guest.load(program("new"));
        guest.unpause();
        assertThat(ran).hasToString("old starts; old stops; new starts; ");
    }

    @Test
    @DisplayName("lifecycle.md 10: the device models of the old kernel are forgotten, and their domains can be freed")
    void deviceModelsAreGone() throws Exception {
        SimDomain stub = host.createDomain();
        stub.setTarget(guest.domid());
        stub.mapIoreqPages(guest.domid()).close();
        stub.destroy();
        assertThat(host.find(stub.domid())).contains(stub);
        guest.shutdown(ShutdownCode.SOFT_RESET);
        guest.softReset();
        assertThat(host.find(stub.domid())).isEmpty();
    }
}
