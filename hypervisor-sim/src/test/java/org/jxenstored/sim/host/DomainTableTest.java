package org.jxenstored.sim.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jxenstored.sim.host.Refusals.refused;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jxenstored.hypervisor.DomainState.Capability;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.protocol.Domid;
import org.jxenstored.protocol.Errno;

final class DomainTableTest {
    private final SimHost host = new SimHost(1, Runnable::run);

    @AfterEach
    void switchOff() {
        host.close();
    }

    @Test
    @DisplayName("L-SCAN-10: dom0 is there from the start, runs, and has every capability")
    void dom0IsThereFromTheStart() {
        assertThat(host.list()).containsExactly(host.dom0());
        assertThat(host.dom0().isRunning()).isTrue();
        assertThat(host.dom0().state().capabilities())
                .containsExactlyInAnyOrder(Capability.CONTROL, Capability.HARDWARE, Capability.XENSTORE);
    }

    @Test
    @DisplayName("L-ST-1: a new domain is alive, paused and without capabilities")
    void aNewDomainIsPaused() throws Exception {
        SimDomain domain = host.createDomain();
        assertThat(domain.isPaused()).isTrue();
        assertThat(domain.isRunning()).isFalse();
        assertThat(domain.state().capabilities()).isEmpty();
        assertThat(domain.state().isDead()).isFalse();
        assertThat(host.find(domain.domid())).contains(domain);
    }

    @Test
    @DisplayName("lifecycle.md 3 step 2: automatic ids go upwards, past those that are taken")
    void automaticIdsGoUpwards() throws Exception {
        create(2);
        assertThat(host.createDomain().domid()).isEqualTo(1);
        assertThat(host.createDomain().domid()).isEqualTo(3);
    }

    @Test
    @DisplayName("lifecycle.md 3 step 2: an id that was given is not given again at once")
    void theSameIdIsNeverGivenTwiceInARow() throws Exception {
        SimDomain first = host.createDomain();
        first.destroy();
        assertThat(host.createDomain().domid()).isEqualTo(first.domid() + 1);
    }

    @Test
    @DisplayName("lifecycle.md 3 step 2: after the last ordinary id comes 1, and never 0")
    void automaticIdsWrap() throws Exception {
        DomidAllocator ids = new DomidAllocator();
        ids.take(Domid.DOM0);
        ids.take(1);
        int last = Domid.DOM0;
        for (int i = 2; i < Domid.FIRST_RESERVED; i++) {
            last = ids.takeNext();
            ids.free(last);
        }
        assertThat(last).isEqualTo(Domid.FIRST_RESERVED - 1);
        assertThat(ids.takeNext()).isEqualTo(2);
        ids.free(1);
        ids.take(Domid.FIRST_RESERVED - 1);
        for (int i = 3; i < Domid.FIRST_RESERVED - 1; i++) {
            ids.takeNext();
        }
        assertThat(ids.takeNext()).isEqualTo(1);
        refused(Errno.EEXIST, ids::takeNext);
    }

    @Test
    @DisplayName("lifecycle.md 3 step 2: an explicit id that is in use is EEXIST")
    void anIdInUseIsEexist() throws Exception {
        create(7);
        refused(Errno.EEXIST, () -> create(7));
        refused(Errno.EEXIST, () -> create(Domid.DOM0));
    }

    @ParameterizedTest
    @ValueSource(ints = {0x7ff0, 0x7ff4, 0x7fff, 0x8000, 65535, -1})
    @DisplayName("L-ID-1: ids from 0x7FF0 on name no domain")
    void reservedIdsAreRefused(int domid) {
        refused(Errno.EINVAL, () -> create(domid));
    }

    @Test
    @DisplayName("L-ID-1: 0x7FEF is an ordinary domain")
    void theLastOrdinaryIdWorks() throws Exception {
        assertThat(create(0x7fef).domid()).isEqualTo(0x7fef);
    }

    @Test
    @DisplayName("L-ID-2: a reused domid has another unique id, and no unique id is 0")
    void uniqueIdsAreNotRepeated() throws Exception {
        Set<Long> seen = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            SimDomain domain = create(5);
            assertThat(domain.uniqueId()).isNotZero();
            assertThat(seen.add(domain.uniqueId())).isTrue();
            domain.destroy();
        }
    }

    @Test
    @DisplayName("L-ID-2: the seed decides the unique ids")
    void theSeedDecidesTheUniqueIds() throws Exception {
        try (SimHost same = new SimHost(1, Runnable::run);
                SimHost other = new SimHost(2, Runnable::run)) {
            long uniqueId = host.createDomain().uniqueId();
            assertThat(same.createDomain().uniqueId()).isEqualTo(uniqueId);
            assertThat(other.createDomain().uniqueId()).isNotEqualTo(uniqueId);
        }
    }

    @Test
    @DisplayName("lifecycle.md 4: lists are in ascending order of domid")
    void listsAscend() throws Exception {
        create(9);
        create(4);
        assertThat(host.list()).extracting(SimDomain::domid).isEqualTo(List.of(0, 4, 9));
    }

    @Test
    @DisplayName("lifecycle.md 2: pauses add up to 255 and cannot go below zero")
    void pausesAddUp() throws Exception {
        SimDomain domain = host.createDomain();
        domain.pause();
        domain.unpause();
        assertThat(domain.isRunning()).isFalse();
        domain.unpause();
        assertThat(domain.isRunning()).isTrue();
        refused(Errno.EINVAL, domain::unpause);
        for (int i = 0; i < 255; i++) {
            domain.pause();
        }
        refused(Errno.EINVAL, domain::pause);
    }

    @Test
    @DisplayName("L-ST-1: the program of a domain starts at its first unpause and stops at its destruction")
    void theProgramStartsAtTheFirstUnpause() throws Exception {
        StringBuilder seen = new StringBuilder();
        SimDomain domain = host.createDomain();
        domain.load(program(seen));
        domain.unpause();
        domain.pause();
        domain.unpause();
        refused(Errno.EBUSY, () -> domain.load(program(seen)));
        domain.destroy();
        assertThat(seen).hasToString("start stop ");
    }

    @Test
    @DisplayName("L-CRE-3: a domain that never ran can be destroyed; its program never starts")
    void theProgramOfADomainThatNeverRanDoesNotStart() throws Exception {
        StringBuilder seen = new StringBuilder();
        SimDomain domain = host.createDomain();
        domain.load(program(seen));
        domain.destroy();
        assertThat(seen).isEmpty();
        assertThat(host.find(domain.domid())).isEmpty();
    }

    private static GuestProgram program(StringBuilder seen) {
        return new GuestProgram() {
            @Override
            public void start() {
                seen.append("start ");
            }

            @Override
            public void stop() {
                seen.append("stop ");
            }
        };
    }

    private SimDomain create(int domid) throws HypervisorException {
        return host.createDomain(DomainConfig.SMALL.withDomid(domid));
    }
}
