package org.jxenstored.sim.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.jxenstored.sim.host.Refusals.refused;

import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.hypervisor.DomainState.Life;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.hypervisor.RingMapper;
import org.jxenstored.protocol.Errno;

final class DestructionTest {
    private static final int DOMID = 40;

    private final SimHost host = new SimHost(1, Runnable::run);
    private SimDomain guest = host.dom0();

    @BeforeEach
    void start() throws Exception {
        guest = create(DOMID);
        guest.prepareStore(0);
        guest.unpause();
    }

    @AfterEach
    void switchOff() {
        host.close();
    }

    private SimDomain create(int domid) throws HypervisorException {
        return host.createDomain(DomainConfig.SMALL.withDomid(domid));
    }

    private Mapping mapRing(SimDomain by) throws HypervisorException {
        return by.mapGrant(DOMID, RingMapper.GRANT_XENSTORE);
    }

    @Test
    @DisplayName("L-REF-1: a domain whose page is mapped is a zombie until it is unmapped; then its id is free")
    void aMappedPageMakesAZombie() throws Exception {
        Mapping ring = mapRing(host.dom0());
        guest.destroy();
        assertThat(host.find(DOMID)).contains(guest);
        assertThat(guest.state().life()).isEqualTo(Life.DEAD);
        refused(Errno.EEXIST, () -> create(DOMID));
        ring.close();
        assertThat(host.find(DOMID)).isEmpty();
        assertThat(create(DOMID)).isNotSameAs(guest);
    }

    @Test
    @DisplayName("L-REF-1: every mapping counts, and closing one twice counts once")
    void everyMappingCounts() throws Exception {
        Mapping one = mapRing(host.dom0());
        Mapping two = mapRing(host.dom0());
        guest.destroy();
        one.close();
        one.close();
        assertThat(host.find(DOMID)).isPresent();
        two.close();
        assertThat(host.find(DOMID)).isEmpty();
    }

    @Test
    @DisplayName("L-REF-1: an event channel is no reference")
    void anEventChannelIsNoReference() throws Exception {
        host.dom0().ports().bindInterdomain(DOMID, guest.storePort());
        guest.destroy();
        assertThat(host.find(DOMID)).isEmpty();
    }

    @Test
    @DisplayName("L-KILL-3: while dying nothing new can be mapped or bound, what is mapped goes on working")
    void aDyingDomainGivesNothingNew() throws Exception {
        Mapping ring = mapRing(host.dom0());
        guest.beginDestroy();
        assertThat(guest.state().life()).isEqualTo(Life.DYING);
        assertThat(guest.isRunning()).isFalse();
        refused(Errno.EINVAL, () -> mapRing(host.dom0()));
        refused(Errno.EINVAL, () -> guest.ports().allocateUnbound(0));
        guest.rawRing().setBytes(0, (byte) 1);
        assertThat(ring.bytes().toArray(ValueLayout.JAVA_BYTE)[0]).isEqualTo((byte) 1);
    }

    @Test
    @DisplayName("L-KILL-4: destroying a zombie does nothing; once it is gone it is not found")
    void destroyingTwice() throws Exception {
        Mapping ring = mapRing(host.dom0());
        guest.destroy();
        guest.destroy();
        assertThat(host.find(DOMID)).isPresent();
        ring.close();
        refused(Errno.ENOENT, guest::destroy);
        refused(Errno.ENOENT, guest::pause);
    }

    @Test
    @DisplayName("L-FREE-1: between the last reference and the end the id is invisible and cannot be taken")
    void theGracePeriod() throws Exception {
        host.gracePeriods().hold();
        guest.destroy();
        assertThat(host.find(DOMID)).isEmpty();
        refused(Errno.EEXIST, () -> create(DOMID));
        host.gracePeriods().release();
        assertThat(create(DOMID).domid()).isEqualTo(DOMID);
    }

    @Test
    @DisplayName("L-FREE-2: the VIRQ of the end comes after the id is free")
    void theIdIsFreeBeforeTheVirq() throws Exception {
        host.gracePeriods().hold();
        guest.destroy();
        List<Boolean> freeAtVirq = new ArrayList<>();
        EventPorts dom0 = host.dom0().ports();
        dom0.handle(dom0.bindDomainException(), false, _ -> freeAtVirq.add(canBeTaken()));
        host.gracePeriods().release();
        assertThat(freeAtVirq).containsExactly(true);
    }

    private boolean canBeTaken() {
        try {
            create(DOMID);
            return true;
        } catch (HypervisorException refusal) {
            return false;
        }
    }

    @Test
    @DisplayName("lifecycle.md 12.7: the death of a driver domain releases the zombies it held")
    void aDriverDomainsDeathReleasesItsMappings() throws Exception {
        SimDomain driver = host.createDomain();
        guest.grantStorePage(8, driver.domid());
        Mapping held = driver.mapGrant(DOMID, 8);
        guest.destroy();
        assertThat(host.find(DOMID)).isPresent();
        driver.destroy();
        assertThat(host.list()).containsExactly(host.dom0());
        assertThatIllegalStateException().isThrownBy(() -> held.bytes().fill((byte) 0));
    }

    @Test
    @DisplayName("L-REF-2: access through an unmapped ring page fails loudly, whether the guest lives or not")
    void anUnmappedPageCannotBeTouched() throws Exception {
        Mapping first = mapRing(host.dom0());
        Mapping second = mapRing(host.dom0());
        first.close();
        assertThatIllegalStateException().isThrownBy(() -> first.bytes().fill((byte) 0));
        second.bytes().fill((byte) 7);
        assertThat(guest.rawRing().bytes(0, 1)).containsExactly(7);
        guest.destroy();
        assertThatIllegalStateException().isThrownBy(() -> guest.ringPage().features());
        second.bytes().fill((byte) 8);
        second.close();
        assertThatIllegalStateException().isThrownBy(() -> second.bytes().fill((byte) 0));
    }

    @Test
    @DisplayName("lifecycle.md 7 step 1: dom0 cannot be destroyed")
    void dom0CannotBeDestroyed() {
        refused(Errno.EINVAL, () -> host.dom0().destroy());
    }
}
