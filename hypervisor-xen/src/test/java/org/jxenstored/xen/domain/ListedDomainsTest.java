package org.jxenstored.xen.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.hypervisor.DomainState;
import org.jxenstored.hypervisor.DomainState.Capability;
import org.jxenstored.hypervisor.DomainState.Life;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.xen.fake.FakeLibraries;
import org.jxenstored.xen.fake.FakeMachine;
import org.jxenstored.xen.fake.FakeMachine.FakeDomain;
import org.jxenstored.xen.foreign.SystemCalls;

/** Domains by libxenctrl, which is called as the real one is. */
final class ListedDomainsTest {
    private final FakeMachine machine = new FakeMachine();
    private final FakeLibraries libraries = new FakeLibraries(machine).withXenCtrl("libxenctrl.so.4.17", 112);
    private XenDomains domains;

    @BeforeEach
    void open() throws HypervisorException {
        domains =
                new DomainSources(libraries, () -> Optional.of(new XenVersion(4, 17)), "amd64").open(DomainSource.AUTO);
    }

    private DomainState find(int domid) {
        return domains.find(domid).orElseThrow();
    }

    @Test
    void theFirstDomainHasControlAndTheHardware() {
        DomainState dom0 = find(0);
        assertThat(dom0.capabilities()).containsExactlyInAnyOrder(Capability.CONTROL, Capability.HARDWARE);
        assertThat(dom0.uniqueId()).isEqualTo(DomainState.NO_UNIQUE_ID);
        machine.create(3, 1);
        assertThat(find(3).capabilities()).isEmpty();
    }

    @Test
    @DisplayName("L-KILL-1: the dying flag says that tear-down is complete")
    void theDyingFlag() {
        FakeDomain guest = machine.create(3, 1);
        assertThat(find(3).life()).isEqualTo(Life.ALIVE);
        guest.flags |= 1;
        guest.pages = 0;
        guest.onlineVcpus = 0;
        assertThat(find(3).life()).isEqualTo(Life.DEAD);
    }

    @Test
    @DisplayName("L-SHUT-5: a shutdown has a code")
    void aShutdown() {
        FakeDomain guest = machine.create(3, 1);
        assertThat(find(3).shutdown()).isFalse();
        assertThat(find(3).shutdownCode()).isEqualTo(DomainState.NO_SHUTDOWN_CODE);
        guest.flags = 3 << 16 | 1 << 2 | 1 << 3;
        assertThat(find(3).shutdown()).isTrue();
        assertThat(find(3).shutdownCode()).isEqualTo(3);
    }

    @Test
    void theXenstoreDomainHasAFlag() {
        machine.create(3, 1).flags |= 1 << 7;
        assertThat(find(3).capabilities()).containsExactly(Capability.XENSTORE);
    }

    @Test
    void aDomainThatIsNotThereIsNotItsSuccessorInTheList() {
        machine.create(3, 1);
        machine.create(9, 1);
        assertThat(domains.find(4)).isEmpty();
        assertThat(domains.find(10)).isEmpty();
    }

    @Test
    void allDomainsAreListedHoweverMany() {
        for (int domid = 1; domid <= 300; domid++) {
            machine.create(domid * 100, 1);
        }
        List<DomainState> all = domains.list();
        assertThat(all).hasSize(301);
        assertThat(all).extracting(DomainState::domid).isSorted().doesNotHaveDuplicates();
        assertThat(all.getLast().domid()).isEqualTo(30_000);
    }

    @Test
    void anErrorIsNotTakenForTheEndOfDomains() {
        libraries.refusal = SystemCalls.EPERM;
        assertThatIllegalStateException().isThrownBy(domains::list).withMessageContaining("EPERM");
        assertThatIllegalStateException().isThrownBy(() -> domains.find(0)).withMessageContaining("EPERM");
    }

    @Test
    void aFailureWithoutAReasonIsNotTakenForTheEndOfDomains() {
        libraries.refusal = FakeLibraries.NO_REASON;
        assertThatIllegalStateException().isThrownBy(domains::list).withMessageContaining("EIO");
        assertThatIllegalStateException().isThrownBy(() -> domains.find(0)).withMessageContaining("EIO");
    }

    @Test
    @DisplayName("L-VIRQ-3: this Xen does not say who changed")
    void noRecordOfChanges() {
        machine.tell(3);
        assertThat(domains.recordsChanges()).isFalse();
        assertThat(domains.takeChanged()).isEmpty();
    }

    @Test
    void theInterfaceIsClosed() {
        assertThat(libraries.open).isEqualTo(1);
        domains.close();
        assertThat(libraries.open).isZero();
    }
}
