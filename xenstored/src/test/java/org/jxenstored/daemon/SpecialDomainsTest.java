package org.jxenstored.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.hypervisor.DomainState;
import org.jxenstored.hypervisor.DomainState.Capability;

@DisplayName("S-RUN-1: which domain is privileged and which one holds the store")
class SpecialDomainsTest {
    private static final OptionalInt NONE = OptionalInt.empty();
    private static final DomainState CONTROL = domain(0, Capability.CONTROL);
    private static final DomainState SECOND_CONTROL = domain(3, Capability.CONTROL);
    private static final DomainState STORE = domain(4, Capability.XENSTORE);
    private static final DomainState SECOND_STORE = domain(5, Capability.XENSTORE);
    private static final DomainState GUEST = domain(7);

    private static DomainState domain(int domid, Capability... capabilities) {
        return new DomainState(
                domid,
                DomainState.NO_UNIQUE_ID,
                DomainState.Life.ALIVE,
                false,
                DomainState.NO_SHUTDOWN_CODE,
                Set.of(capabilities));
    }

    @Test
    void onAnOrdinaryHostTheControlDomainIsBoth() {
        assertThat(SpecialDomains.find(List.of(CONTROL, GUEST), NONE, NONE)).contains(new SpecialDomains(0, 0));
    }

    @Test
    void theStoreMayLiveInADomainOfItsOwn() {
        assertThat(SpecialDomains.find(List.of(CONTROL, STORE, GUEST), NONE, NONE))
                .contains(new SpecialDomains(4, 0));
    }

    @Test
    void theLastStoreDomainAndTheFirstControlDomainCount() {
        assertThat(SpecialDomains.find(List.of(CONTROL, SECOND_CONTROL, STORE, SECOND_STORE), NONE, NONE))
                .contains(new SpecialDomains(5, 0));
    }

    @Test
    void theOptionForTheStoreDomainIsForHypervisorsThatDoNotTell() {
        assertThat(SpecialDomains.find(List.of(CONTROL, GUEST), OptionalInt.of(7), NONE))
                .contains(new SpecialDomains(7, 0));
        assertThat(SpecialDomains.find(List.of(CONTROL, STORE), OptionalInt.of(7), NONE))
                .contains(new SpecialDomains(4, 0));
    }

    @Test
    void theOptionForThePrivilegedDomainWins() {
        assertThat(SpecialDomains.find(List.of(CONTROL, GUEST), NONE, OptionalInt.of(7)))
                .contains(new SpecialDomains(7, 7));
    }

    @Test
    void withoutAControlDomainTheStoreDomainIsPrivileged() {
        assertThat(SpecialDomains.find(List.of(STORE, GUEST), NONE, NONE)).contains(new SpecialDomains(4, 4));
    }

    @Test
    void withoutAnyOfThemThereIsNoAnswer() {
        assertThat(SpecialDomains.find(List.of(GUEST), NONE, NONE)).isEmpty();
    }
}
