package org.jxenstored.sim.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jxenstored.sim.host.Refusals.refused;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.hypervisor.RingMapper;
import org.jxenstored.protocol.Errno;
import org.jxenstored.protocol.RingPage;

final class GrantTest {
    private final SimHost host = new SimHost(1, Runnable::run);
    private SimDomain guest = host.dom0();

    @BeforeEach
    void start() throws Exception {
        guest = host.createDomain();
    }

    @AfterEach
    void switchOff() {
        host.close();
    }

    private Mapping map() throws Exception {
        return host.dom0().mapGrant(guest.domid(), RingMapper.GRANT_XENSTORE);
    }

    @Test
    @DisplayName("L-RING-1: grant 1 shows the very page the guest writes")
    void bothSidesSeeOnePage() throws Exception {
        guest.prepareStore(0);
        try (Mapping mapping = map()) {
            RingPage theirs = new RingPage(mapping.bytes());
            guest.ringPage().requests().write(new byte[] {1, 2, 3}, 0, 3);
            assertThat(theirs.requests().available()).isEqualTo(3);
            theirs.setFeatures(5);
            assertThat(guest.rawRing().word(RawRing.FEATURES)).isEqualTo(5);
            guest.rawRing().setWord(RawRing.REQUEST_PRODUCER, 5000);
            assertThat(theirs.requests().available()).isEqualTo(-1);
        }
    }

    @Test
    @DisplayName("L-RING-1: a grant that was not seeded, is for somebody else, or was taken back cannot be mapped")
    void onlyASeededGrantCanBeMapped() throws Exception {
        refused(Errno.EINVAL, this::map);
        guest.prepareStore(33);
        refused(Errno.EINVAL, this::map);
        guest.grantStorePage(RingMapper.GRANT_XENSTORE, 0);
        map().close();
        guest.revokeGrant(RingMapper.GRANT_XENSTORE);
        refused(Errno.EINVAL, this::map);
        refused(Errno.EINVAL, () -> host.dom0().mapGrant(99, 1));
    }

    @Test
    @DisplayName("L-DRV-6: taking a grant back does not end a mapping")
    void aMappingOutlivesItsGrant() throws Exception {
        guest.prepareStore(0);
        try (Mapping mapping = map()) {
            guest.revokeGrant(RingMapper.GRANT_XENSTORE);
            mapping.bytes().fill((byte) 9);
            assertThat(guest.rawRing().bytes(4095, 1)).containsExactly(9);
        }
    }

    @Test
    @DisplayName("lifecycle.md 3 step 5: grant 0 is the console, another page than the ring")
    void grant0IsTheConsole() throws Exception {
        guest.prepareStore(0);
        try (Mapping console = host.dom0().mapGrant(guest.domid(), SimDomain.GRANT_CONSOLE)) {
            console.bytes().fill((byte) 9);
            assertThat(guest.rawRing().bytes(0, 1)).containsExactly(0);
        }
    }
}
