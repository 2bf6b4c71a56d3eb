package org.jxenstored.sim.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jxenstored.sim.host.Refusals.refused;

import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.protocol.Errno;

/** Grants of device pages, foreign maps and IOREQ pages. */
final class SharedPagesTest {
    private final SimHost host = new SimHost(1, Runnable::run);
    private SimDomain guest = host.dom0();
    private SimDomain backend = host.dom0();

    @BeforeEach
    void start() throws Exception {
        guest = host.createDomain(DomainConfig.SMALL.withType(DomainType.HVM).withMemoryMib(1));
        backend = host.createDomain();
    }

    @AfterEach
    void switchOff() {
        host.close();
    }

    private Mapping map(int reference) throws HypervisorException {
        return backend.mapGrant(guest.domid(), reference);
    }

    @Test
    @DisplayName("lifecycle.md 3 step 5: grants of devices start at 8, and each shows a page of its own")
    void deviceGrants() throws Exception {
        int first = guest.grantPage(backend.domid());
        int second = guest.grantPage(backend.domid());
        assertThat(first).isEqualTo(8);
        assertThat(second).isEqualTo(9);
        try (Mapping one = map(first);
                Mapping again = map(first);
                Mapping two = map(second)) {
            one.bytes().fill((byte) 1);
            assertThat(again.bytes().get(ValueLayout.JAVA_BYTE, 4095)).isEqualTo((byte) 1);
            assertThat(two.bytes().get(ValueLayout.JAVA_BYTE, 0)).isZero();
        }
    }

    @Test
    @DisplayName("L-DRV-1: a page whose grant ended is not used again while somebody maps it")
    void aMappedPageIsNotUsedAgain() throws Exception {
        int reference = guest.grantPage(backend.domid());
        Mapping held = map(reference);
        held.bytes().fill((byte) 1);
        guest.endGrant(reference);
        refused(Errno.EINVAL, () -> map(reference));
        assertThat(guest.grantPage(backend.domid())).isEqualTo(reference);
        try (Mapping other = map(reference)) {
            assertThat(other.bytes().get(ValueLayout.JAVA_BYTE, 0)).isZero();
            held.bytes().fill((byte) 2);
            assertThat(other.bytes().get(ValueLayout.JAVA_BYTE, 0)).isZero();
        }
        held.close();
        assertThat(guest.pages()).isEqualTo(256);
    }

    @Test
    @DisplayName("L-DRV-1: a page that is granted again holds nothing of its past")
    void aPageStartsEmpty() throws Exception {
        int reference = guest.grantPage(backend.domid());
        try (Mapping map = map(reference)) {
            map.bytes().fill((byte) 1);
        }
        guest.endGrant(reference);
        assertThat(guest.grantPage(backend.domid())).isEqualTo(reference);
        try (Mapping map = map(reference)) {
            assertThat(map.bytes().get(ValueLayout.JAVA_BYTE, 7)).isZero();
        }
    }

    @Test
    @DisplayName("a guest can grant as many pages as it has; those it takes back it can grant again")
    void pagesRunOut() throws Exception {
        int last = 0;
        for (int i = 0; i < 254; i++) {
            last = guest.grantPage(backend.domid());
        }
        refused(Errno.ENOMEM, () -> guest.grantPage(backend.domid()));
        guest.endGrant(last);
        assertThat(guest.grantPage(backend.domid())).isEqualTo(last);
        assertThat(guest.pages()).isEqualTo(256);
    }

    @Test
    @DisplayName("lifecycle.md 10: a control domain maps any page by its frame number, the store page too")
    void aControlDomainMapsByFrame() throws Exception {
        guest.rawRing().setWord(0, 77);
        try (Mapping ring = host.dom0().mapForeign(guest.domid(), guest.storeGfn());
                Mapping memory = host.dom0().mapForeign(guest.domid(), 5);
                Mapping same = host.dom0().mapForeign(guest.domid(), 5)) {
            assertThat(ring.bytes().get(ValueLayout.JAVA_INT, 0)).isEqualTo(77);
            memory.bytes().fill((byte) 3);
            assertThat(same.bytes().get(ValueLayout.JAVA_BYTE, 0)).isEqualTo((byte) 3);
        }
        assertThat(guest.pages()).isEqualTo(256);
        refused(Errno.EINVAL, () -> host.dom0().mapForeign(guest.domid(), 254));
        refused(Errno.EINVAL, () -> host.dom0().mapForeign(guest.domid(), -1));
        refused(Errno.EINVAL, () -> host.dom0().mapForeign(99, 0));
    }

    @Test
    @DisplayName("lifecycle.md 10: an ordinary domain maps no page by frame number, but its target's")
    void onlyTheTargetsFrames() throws Exception {
        refused(Errno.EPERM, () -> backend.mapForeign(guest.domid(), guest.storeGfn()));
        refused(Errno.EPERM, () -> backend.mapIoreqPages(guest.domid()));
        backend.setTarget(guest.domid());
        backend.mapForeign(guest.domid(), guest.storeGfn()).close();
        backend.mapIoreqPages(guest.domid()).close();
        refused(Errno.EPERM, () -> backend.mapForeign(0, host.dom0().storeGfn()));
    }

    @Test
    @DisplayName("lifecycle.md 10: every map of a device model shows the same IOREQ page; a PV guest has none")
    void ioreqPages() throws Exception {
        try (Mapping one = host.dom0().mapIoreqPages(guest.domid());
                Mapping two = host.dom0().mapIoreqPages(guest.domid())) {
            one.bytes().fill((byte) 5);
            assertThat(two.bytes().get(ValueLayout.JAVA_BYTE, 0)).isEqualTo((byte) 5);
        }
        SimDomain pv = host.createDomain(DomainConfig.SMALL.withType(DomainType.PV));
        refused(Errno.EINVAL, () -> host.dom0().mapIoreqPages(pv.domid()));
    }

    @Test
    @DisplayName("lifecycle.md 10: a domain has one target, which is not itself")
    void oneTarget() throws Exception {
        refused(Errno.EINVAL, () -> backend.setTarget(backend.domid()));
        refused(Errno.EINVAL, () -> backend.setTarget(99));
        backend.setTarget(guest.domid());
        refused(Errno.EINVAL, () -> backend.setTarget(guest.domid()));
    }
}
