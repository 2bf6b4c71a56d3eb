package org.jxenstored.xen.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.jxenstored.xen.fake.Obstacles.blocked;
import static org.jxenstored.xen.fake.Obstacles.refused;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jxenstored.hypervisor.DomainState;
import org.jxenstored.hypervisor.DomainState.Capability;
import org.jxenstored.hypervisor.DomainState.Life;
import org.jxenstored.hypervisor.DomainStates;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.hypervisor.MappedRing;
import org.jxenstored.hypervisor.Obstacle;
import org.jxenstored.hypervisor.OwnRing;
import org.jxenstored.hypervisor.RingMapper;
import org.jxenstored.protocol.Errno;
import org.jxenstored.protocol.RingPage;
import org.jxenstored.xen.fake.FakeKernel;
import org.jxenstored.xen.fake.FakeMachine;
import org.jxenstored.xen.fake.FakeMachine.FakeDomain;
import org.jxenstored.xen.foreign.SystemCalls;

final class XenRingMapperTest {
    private static final long MAP_GRANT_REF = 0x184700;
    private static final long MMAPBATCH_V2 = 0x205004;

    private final FakeMachine machine = new FakeMachine();
    private final FakeKernel kernel = new FakeKernel(machine);
    private final FakeDomain guest = machine.create(3, 1);

    @BeforeEach
    void mark() {
        guest.page().setFeatures(0x55);
        machine.dom0.page().setFeatures(0x66);
    }

    private XenRingMapper mapper(MapWay way, OwnRingWay ownWay, DomainState... domains) {
        return new XenRingMapper(kernel, new Domains(List.of(domains)), way, ownWay);
    }

    private XenRingMapper mapper(MapWay way) {
        return mapper(way, OwnRingWay.AUTO);
    }

    private static DomainState domain(int domid, Capability... capabilities) {
        return new DomainState(domid, domid, Life.ALIVE, false, 255, Set.of(capabilities));
    }

    @Test
    @DisplayName("L-RING-1, L-RING-2: the page is mapped by grant 1, the frame number is not needed")
    void byGrant() throws HypervisorException {
        XenRingMapper mapper = mapper(MapWay.AUTO);
        MappedRing ring = mapper.map(3, 12345);
        assertThat(ring.page().features()).isEqualTo(0x55);
        ring.page().setError(7);
        assertThat(guest.page().error()).isEqualTo(7);
        assertThat(kernel.opened()).containsExactly("/dev/xen/gntdev");
        ring.close();
        assertThat(kernel.mappedPages()).isZero();
        assertThat(kernel.announcedGrants()).isZero();
    }

    @Test
    @DisplayName("L-RING-2: without a grant the page is mapped by frame number")
    void byFrameNumberIfThereIsNoGrant() throws HypervisorException {
        guest.granted = false;
        MappedRing ring = mapper(MapWay.AUTO).map(3, guest.gfn);
        assertThat(ring.page().features()).isEqualTo(0x55);
        assertThat(kernel.announcedGrants()).isZero();
        ring.close();
        assertThat(kernel.mappedPages()).isZero();
    }

    @ParameterizedTest
    @EnumSource(
            value = MapWay.class,
            names = {"AUTO", "FOREIGN"})
    @DisplayName("L-RING-2: a guest that nobody introduced is not mapped by frame number, which is not known")
    void withoutAFrameNumberNoOtherMemoryIsTakenForTheRing(MapWay way) {
        guest.granted = false;
        guest.gfn = RingMapper.NO_FRAME;
        refused(Errno.EINVAL, () -> mapper(way).map(3, RingMapper.NO_FRAME), "domain 3");
        assertThat(kernel.mappedPages()).isZero();
        assertThat(kernel.opened()).doesNotContain("/dev/xen/privcmd");
    }

    @Test
    @DisplayName("P-INTRO-4: a page that cannot be had either way gives the error of the grant")
    void neitherWay() {
        guest.granted = false;
        refused(Errno.EINVAL, () -> mapper(MapWay.AUTO).map(3, 1), "domain 3", "grant 1");
        refused(Errno.EINVAL, () -> mapper(MapWay.AUTO).map(4, 1), "domain 4");
        kernel.refuseRequest(MAP_GRANT_REF, 12);
        kernel.refuseRequest(MMAPBATCH_V2, 1);
        refused(Errno.ENOMEM, () -> mapper(MapWay.AUTO).map(3, 1));
        assertThat(kernel.mappedPages()).isZero();
        assertThat(kernel.announcedGrants()).isZero();
    }

    @Test
    @DisplayName("P-INTRO-4: a frame that cannot be mapped gives the error of that frame, or of the call")
    void aWrongFrame() {
        XenRingMapper mapper = mapper(MapWay.FOREIGN);
        refused(Errno.EINVAL, () -> mapper.map(3, 999), "frame 999", "domain 3");
        kernel.refuseRequest(MMAPBATCH_V2, SystemCalls.EPERM);
        refused(Errno.EPERM, () -> mapper.map(3, guest.gfn), "EPERM");
        kernel.refuseRequest(MMAPBATCH_V2, SystemCalls.ESRCH);
        refused(Errno.EINVAL, () -> mapper.map(3, guest.gfn), "errno 3");
        assertThat(kernel.mappedPages()).isZero();
    }

    @Test
    void aChosenWayIsTheOnlyOne() throws HypervisorException {
        XenRingMapper byFrame = mapper(MapWay.FOREIGN);
        byFrame.map(3, guest.gfn);
        assertThat(kernel.opened()).containsExactly("/dev/xen/privcmd");
        guest.granted = false;
        refused(Errno.EINVAL, () -> mapper(MapWay.GRANT).map(3, guest.gfn));
        assertThat(kernel.opened()).containsExactly("/dev/xen/privcmd", "/dev/xen/gntdev");
    }

    @Test
    void aMissingDeviceIsNamedOnlyWhenItIsNeeded() {
        kernel.remove("/dev/xen/gntdev");
        kernel.remove("/dev/xen/privcmd");
        XenRingMapper mapper = mapper(MapWay.AUTO);
        blocked(Obstacle.MISSING_PART, () -> mapper.map(3, guest.gfn), "modprobe xen-gntdev");
        blocked(Obstacle.MISSING_PART, () -> mapper(MapWay.FOREIGN).map(3, guest.gfn), "modprobe xen-privcmd");
    }

    @ParameterizedTest
    @EnumSource(
            value = MapWay.class,
            names = {"GRANT", "FOREIGN"})
    @DisplayName("L-REF-2: after close the page is unmapped, and a look at it throws instead of ending the process")
    void aClosedPage(MapWay way) throws HypervisorException {
        MappedRing ring = mapper(way).map(3, guest.gfn);
        RingPage page = ring.page();
        ring.close();
        ring.close();
        assertThat(kernel.mappedPages()).isZero();
        assertThatIllegalStateException().isThrownBy(page::features);
        assertThatIllegalStateException().isThrownBy(() -> page.requests().read(new byte[9], 0, 9));
        assertThatIllegalStateException().isThrownBy(ring.page()::features);
    }

    @Test
    @DisplayName("L-RACE-6: one page can be mapped twice, and each mapping is unmapped by itself")
    void twoMappingsOfOnePage() throws HypervisorException {
        XenRingMapper mapper = mapper(MapWay.GRANT);
        MappedRing first = mapper.map(3, 1);
        MappedRing second = mapper.map(3, 1);
        assertThat(second.page().hasSameServerSideAs(first.page())).isTrue();
        first.close();
        assertThat(second.page().features()).isEqualTo(0x55);
        assertThat(kernel.mappedPages()).isEqualTo(1);
        assertThat(kernel.announcedGrants()).isEqualTo(1);
    }

    @Test
    void whatIsLeftAtTheEndIsUnmappedEvenByAnotherThread() throws Exception {
        machine.create(4, 1);
        XenRingMapper mapper = mapper(MapWay.AUTO, OwnRingWay.AUTO, domain(0, Capability.CONTROL));
        mapper.map(3, guest.gfn).close();
        MappedRing left = mapper.map(4, 1);
        assertThat(mapper.ownRing()).isPresent();
        Thread other = Thread.ofPlatform().start(mapper::close);
        other.join();
        assertThat(kernel.mappedPages()).isZero();
        assertThat(kernel.openFiles()).isZero();
        assertThatIllegalStateException().isThrownBy(() -> left.page().error());
    }

    @ParameterizedTest
    @EnumSource(OwnRingWay.class)
    @DisplayName("S-RUN-3: this kernel's own page and port are found below /proc/xen, or by its device")
    void theOwnRing(OwnRingWay way) throws HypervisorException {
        XenRingMapper mapper = mapper(MapWay.AUTO, way, domain(0, Capability.CONTROL), domain(3));
        OwnRing own = mapper.ownRing().orElseThrow();
        assertThat(own.domid()).isZero();
        assertThat(own.remotePort()).isEqualTo(FakeKernel.STORE_PORT);
        assertThat(own.ring().page().features()).isEqualTo(0x66);
        own.ring().page().setError(9);
        assertThat(machine.dom0.page().error()).isEqualTo(9);
        assertThat(kernel.openFiles()).isZero();
        own.ring().close();
        assertThat(kernel.mappedPages()).isZero();
        assertThat(kernel.opened().contains("/dev/xen/xenbus_backend")).isEqualTo(way == OwnRingWay.DEVICE);
    }

    @Test
    @DisplayName("S-RUN-3: without xenfs the device has the page; without both this kernel has none")
    void theOwnRingWithoutXenfs() throws HypervisorException {
        kernel.remove("/proc/xen/xsd_port");
        XenRingMapper mapper = mapper(MapWay.AUTO, OwnRingWay.AUTO, domain(0, Capability.CONTROL));
        assertThat(mapper.ownRing()).isPresent();
        kernel.remove("/dev/xen/xenbus_backend");
        assertThat(mapper.ownRing()).isEmpty();
    }

    @Test
    void anOwnRingThatIsThereButCannotBeHadIsAnError() {
        XenRingMapper mapper = mapper(MapWay.AUTO, OwnRingWay.AUTO, domain(0, Capability.CONTROL));
        kernel.refuse("/proc/xen/xsd_kva", SystemCalls.EACCES);
        refused(Errno.EACCES, mapper::ownRing, "/proc/xen/xsd_kva");
        kernel.text("/proc/xen/xsd_port", "none\n");
        kernel.refuse("/dev/xen/xenbus_backend", SystemCalls.EPERM);
        blocked(Obstacle.NO_RIGHTS, mapper::ownRing, "/dev/xen/xenbus_backend", "run as root");
    }

    @Test
    void aPageFileThatCannotBeMappedIsAnError() {
        kernel.text("/proc/xen/xsd_kva", "0xffff888000000000");
        refused(Errno.EINVAL, () -> mapper(MapWay.AUTO).ownRing(), "/proc/xen/xsd_kva cannot be mapped");
        assertThat(kernel.openFiles()).isZero();
    }

    @Test
    void anOwnRingThatWasChosenAndIsMissingSaysWhatToDo() {
        kernel.remove("/proc/xen/xsd_port");
        kernel.remove("/dev/xen/xenbus_backend");
        blocked(
                Obstacle.MISSING_PART,
                () -> mapper(MapWay.AUTO, OwnRingWay.PROC).ownRing(),
                "/proc/xen/xsd_kva",
                "mount -t xenfs");
        blocked(
                Obstacle.MISSING_PART,
                () -> mapper(MapWay.AUTO, OwnRingWay.DEVICE).ownRing(),
                "/dev/xen/xenbus_backend");
    }

    @Test
    void aDeviceThatTellsNoPortIsAnError() {
        kernel.refuseRequest(0x4200, 19);
        refused(Errno.EINVAL, () -> mapper(MapWay.AUTO, OwnRingWay.DEVICE).ownRing(), "tells no event channel");
        assertThat(kernel.openFiles()).isZero();
    }

    @Test
    @DisplayName("S-RUN-1: the own domain is the last one with the xenstore capability, else the first control domain")
    void whoseRingItIs() throws HypervisorException {
        assertThat(ownDomid(domain(0), domain(5, Capability.CONTROL), domain(6, Capability.CONTROL)))
                .isEqualTo(5);
        assertThat(ownDomid(
                        domain(0, Capability.CONTROL, Capability.HARDWARE),
                        domain(7, Capability.XENSTORE),
                        domain(8, Capability.XENSTORE),
                        domain(9)))
                .isEqualTo(8);
    }

    private int ownDomid(DomainState... domains) throws HypervisorException {
        return mapper(MapWay.AUTO, OwnRingWay.AUTO, domains)
                .ownRing()
                .orElseThrow()
                .domid();
    }

    @Test
    void anOwnRingOfNobodyIsNotKept() {
        assertThatIllegalStateException()
                .isThrownBy(
                        () -> mapper(MapWay.AUTO, OwnRingWay.AUTO, domain(3)).ownRing());
        assertThat(kernel.mappedPages()).isZero();
    }

    private record Domains(List<DomainState> list) implements DomainStates {
        @Override
        public Optional<DomainState> find(int domid) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean recordsChanges() {
            return false;
        }

        @Override
        public List<Integer> takeChanged() {
            return List.of();
        }
    }
}
