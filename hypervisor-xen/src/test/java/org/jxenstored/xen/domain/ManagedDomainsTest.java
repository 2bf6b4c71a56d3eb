package org.jxenstored.xen.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.hypervisor.DomainState;
import org.jxenstored.hypervisor.DomainState.Capability;
import org.jxenstored.hypervisor.DomainState.Life;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.xen.channel.XenEventChannels;
import org.jxenstored.xen.fake.FakeKernel;
import org.jxenstored.xen.fake.FakeLibraries;
import org.jxenstored.xen.fake.FakeMachine;
import org.jxenstored.xen.fake.FakeMachine.FakeDomain;
import org.jxenstored.xen.foreign.SystemCalls;

/** Domains by libxenmanage, which is called as the real one is. */
final class ManagedDomainsTest {
    private final FakeMachine machine = new FakeMachine();
    private final FakeLibraries libraries = new FakeLibraries(machine).withXenManage();
    private final FakeDomain guest = machine.create(3, 1);
    private XenDomains domains;

    @BeforeEach
    void open() throws HypervisorException {
        XenEventChannels.open(new FakeKernel(machine));
        domains = new DomainSources(libraries, Optional::empty, "amd64").open(DomainSource.AUTO);
    }

    private DomainState find(int domid) {
        return domains.find(domid).orElseThrow();
    }

    @Test
    void domainsHaveUniqueIdsAndCapabilities() {
        assertThat(find(3).uniqueId()).isEqualTo(guest.uniqueId);
        assertThat(find(3).capabilities()).isEmpty();
        assertThat(find(0).capabilities()).containsExactlyInAnyOrder(Capability.CONTROL, Capability.HARDWARE);
        guest.capabilities = 4;
        assertThat(find(3).capabilities()).containsExactly(Capability.XENSTORE);
    }

    @Test
    void theStateBits() {
        assertThat(find(3).life()).isEqualTo(Life.ALIVE);
        guest.state = 1 | 4;
        assertThat(find(3).life()).isEqualTo(Life.DYING);
        guest.state = 1 | 2 | 8;
        assertThat(find(3).life()).isEqualTo(Life.DEAD);
        assertThat(find(3).shutdown()).isTrue();
        assertThat(find(3).shutdownCode()).isEqualTo(DomainState.NO_SHUTDOWN_CODE);
    }

    @Test
    void aDomainThatIsNotThereIsNotFound() {
        assertThat(domains.find(4)).isEmpty();
        guest.state = 0;
        assertThat(domains.find(3)).as("all bits zero").isEmpty();
    }

    @Test
    @DisplayName("L-VIRQ-2: binding the VIRQ names all domains, so all are listed; new ones are named later")
    void allDomainsAreListed() {
        assertThat(domains.list()).extracting(DomainState::domid).containsExactly(0, 3);
        machine.create(2, 1);
        assertThat(domains.list()).extracting(DomainState::domid).containsExactly(0, 2, 3);
        machine.free(3);
        assertThat(domains.list()).extracting(DomainState::domid).containsExactly(0, 2);
    }

    @Test
    @DisplayName("L-T-5, L-T-6: who changed is told once, ascending, those that are gone too")
    void whoChangedIsToldOnce() {
        domains.takeChanged();
        machine.create(9, 1);
        machine.tell(3);
        machine.create(5, 1);
        machine.free(5);
        assertThat(domains.takeChanged()).containsExactly(3, 5, 9);
        assertThat(domains.takeChanged()).isEmpty();
        assertThat(domains.recordsChanges()).isTrue();
    }

    @Test
    void aListDoesNotSwallowChanges() {
        domains.takeChanged();
        machine.tell(3);
        machine.free(3);
        assertThat(domains.list()).extracting(DomainState::domid).containsExactly(0);
        assertThat(domains.takeChanged()).containsExactly(3);
    }

    @Test
    void whereNobodyWasNamedAllNumbersAreTried() throws HypervisorException {
        machine.create(32_751, 1);
        FakeLibraries silent = new FakeLibraries(machine).withXenManage();
        domains.takeChanged();
        XenDomains others = new DomainSources(silent, Optional::empty, "amd64").open(DomainSource.LIBXENMANAGE);
        assertThat(others.list()).extracting(DomainState::domid).containsExactly(0, 3, 32_751);
    }

    @Test
    @DisplayName("L-VIRQ-2: a store domain that may not ask for domains that are gone knows them by the news")
    void aStoreDomainWithoutControl() throws HypervisorException {
        libraries.noDomain = SystemCalls.EPERM;
        assertThat(domains.find(4)).isEmpty();
        assertThat(domains.find(3)).isPresent();
        machine.free(3);
        assertThat(domains.find(3)).isEmpty();
        assertThat(domains.takeChanged()).contains(3);
        assertThat(domains.list()).extracting(DomainState::domid).containsExactly(0);
        XenDomains unnamed = new DomainSources(libraries, Optional::empty, "amd64").open(DomainSource.LIBXENMANAGE);
        assertThat(unnamed.list()).extracting(DomainState::domid).containsExactly(0);
    }

    @Test
    void anErrorIsNotTakenForTheEndOfDomains() {
        libraries.refusal = 22;
        assertThatIllegalStateException().isThrownBy(domains::list).withMessageContaining("EINVAL");
        assertThatIllegalStateException().isThrownBy(() -> domains.find(3)).withMessageContaining("domain 3");
        assertThatIllegalStateException().isThrownBy(domains::takeChanged);
        libraries.refusal = SystemCalls.EPERM;
        assertThatIllegalStateException().isThrownBy(() -> domains.find(3)).withMessageContaining("EPERM");
    }

    @Test
    void theInterfaceIsClosed() {
        assertThat(libraries.open).isEqualTo(1);
        domains.close();
        assertThat(libraries.open).isZero();
    }
}
