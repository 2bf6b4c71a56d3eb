package org.jxenstored.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.domain.Domain.Standing;
import org.jxenstored.hypervisor.DomainState;
import org.jxenstored.protocol.Feature;
import org.jxenstored.store.Generations;
import org.jxenstored.store.Subject;

class DomainsTest {
    private final FakeDomainStates hypervisor = new FakeDomainStates();
    private final Generations generations = new Generations();
    private final Domains domains = new Domains(hypervisor, generations, Quotas.DEFAULTS);

    @Test
    @DisplayName("S-GEN-6, S-PERM-6b: a domain is born when the store learns of it")
    void aDomainIsBornWhenTheStoreLearnsOfIt() {
        generations.next();
        hypervisor.create(3);
        long before = generations.current();
        generations.next();
        assertThat(domains.knownSince(3, generations.current()))
                .as("not known yet")
                .isFalse();
        assertThat(domains.learn(3)).isTrue();
        assertThat(generations.current()).as("no increment").isEqualTo(before + 1);
        assertThat(domains.knownSince(3, before)).isFalse();
        assertThat(domains.knownSince(3, before + 1)).isTrue();
    }

    @Test
    @DisplayName("S-PERM-7, L-DRV-4: who does not exist, or is dead, is not learnt of")
    void theDeadAreNotLearntOf() {
        assertThat(domains.learn(3)).isFalse();
        hypervisor.create(3);
        hypervisor.setLife(3, DomainState.Life.DEAD);
        assertThat(domains.learn(3)).isFalse();
        assertThat(domains.get(3)).isNull();
        assertThat(domains.exists(3)).as("but it is in the list").isTrue();
        hypervisor.create(4);
        hypervisor.setLife(4, DomainState.Life.DYING);
        assertThat(domains.learn(4)).isTrue();
    }

    @Test
    @DisplayName("L-ID-1: reserved ids never exist")
    void reservedIdsNeverExist() {
        hypervisor.create(0x7ff0);
        assertThat(domains.exists(0x7ff0)).isFalse();
        assertThat(domains.learn(0x7ff0)).isFalse();
    }

    @Test
    void identitiesOfListenersNeedNotExist() {
        Domain identity = domains.know(7, Standing.IDENTITY);
        assertThat(identity.isPinned()).isTrue();
        assertThat(identity.isExempt()).isFalse();
        assertThat(domains.exists(7)).isTrue();
        assertThat(domains.learn(7)).isTrue();
        assertThat(domains.know(0, Standing.HOST).isExempt()).isTrue();
    }

    @Test
    @DisplayName("L-SCAN-1, L-SCAN-2: the first unique id is stored; with another one the domain is gone")
    void anotherUniqueIdIsAnotherDomain() {
        Domain early = domains.know(3);
        assertThat(early.uniqueId()).isEqualTo(DomainState.NO_UNIQUE_ID);
        assertThat(domains.stateOf(early)).isEmpty();
        hypervisor.create(3);
        assertThat(domains.stateOf(early)).isPresent();
        assertThat(early.uniqueId()).isEqualTo(101);
        hypervisor.create(3);
        assertThat(domains.stateOf(early)).isEmpty();
        assertThat(domains.state(3)).isPresent();
    }

    @Test
    @DisplayName("L-RACE-6: without unique ids the domid alone counts")
    void withoutUniqueIds() {
        FakeDomainStates old = new FakeDomainStates(false, false);
        Domains some = new Domains(old, generations, Quotas.DEFAULTS);
        old.create(3);
        Domain domain = some.know(3);
        old.create(3);
        assertThat(some.stateOf(domain)).isPresent();
    }

    @Test
    @DisplayName("P-SQ-4, S-QUOTA-3: a domain copies the global quotas when it becomes known")
    void quotasAreCopied() {
        Domain before = domains.know(3);
        domains.setGlobalQuota(QuotaName.NODES, 5);
        Domain after = domains.know(4);
        assertThat(before.quotas().get(QuotaName.NODES)).isEqualTo(1000);
        assertThat(after.quotas().get(QuotaName.NODES)).isEqualTo(5);
        after.setQuota(QuotaName.NODES, 6);
        assertThat(after.quotas().get(QuotaName.NODES)).isEqualTo(6);
        assertThat(domains.globalQuotas().get(QuotaName.NODES)).isEqualTo(5);
        assertThat(after.features()).isEqualTo(Feature.ALL);
    }

    @Test
    @DisplayName("S-DEATH-5: a forgotten domain leaves nothing to its successor")
    void aForgottenDomainLeavesNothing() {
        hypervisor.create(3);
        Domain old = domains.know(3);
        old.setIntroduced();
        old.setShutdownReported(true);
        old.setFeatures(0);
        old.setQuota(QuotaName.NODES, 1);
        domains.setTarget(old, 9);
        domains.forget(old);
        domains.forget(old);
        Domain successor = domains.know(3);
        assertThat(successor.isIntroduced()).isFalse();
        assertThat(successor.isShutdownReported()).isFalse();
        assertThat(successor.features()).isEqualTo(Feature.ALL);
        assertThat(successor.quotas()).isEqualTo(Quotas.DEFAULTS);
        assertThat(successor.target()).isEqualTo(Subject.NO_TARGET);
    }

    @Test
    void everyComingAndGoingChangesTheVersion() {
        long start = domains.version();
        Domain domain = domains.know(3);
        assertThat(domains.version()).isEqualTo(start + 1);
        domains.know(3);
        assertThat(domains.version()).isEqualTo(start + 1);
        domains.forget(domain);
        assertThat(domains.version()).isEqualTo(start + 2);
    }

    @Test
    @DisplayName("P-TGT-4, P-REL-6: a domain has one target; when that goes, none")
    void targetsAreCleared() {
        Domain stub = domains.know(1);
        Domain other = domains.know(2);
        domains.setTarget(stub, 5);
        domains.setTarget(stub, 6);
        domains.setTarget(other, 5);
        domains.clearTargetsOn(5);
        assertThat(stub.target()).isEqualTo(6);
        assertThat(other.target()).isEqualTo(Subject.NO_TARGET);
    }

    @Test
    @DisplayName("S-QUOTA-11: host domains do not count for the peaks of everybody")
    void hostDomainsDoNotCountForEverybody() {
        domains.know(0, Standing.HOST).gauge(QuotaName.NODES).add(1000);
        domains.know(1).gauge(QuotaName.NODES).add(3);
        assertThat(domains.everybody(QuotaName.NODES).peak()).isEqualTo(3);
    }
}
