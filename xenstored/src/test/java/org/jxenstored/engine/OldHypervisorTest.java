package org.jxenstored.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.domain.FakeDomainStates;
import org.jxenstored.hypervisor.DomainState.Life;

/** A Xen before 4.21: no unique ids, no record of changes. */
@DisplayName("L-RACE-6: where the hypervisor offers no unique id")
final class OldHypervisorTest extends EngineWorld {
    private static final String OUT = "@releaseDomain out";
    private static final String IN = "@introduceDomain in";

    private final Client watcher = socket();

    OldHypervisorTest() {
        super(EngineConfig.DEFAULT, new FakeDomainStates(false, false));
    }

    @BeforeEach
    void watch() {
        watcher.ok("WATCH", "@introduceDomain", "in");
        watcher.ok("WATCH", "@releaseDomain", "out");
        watcher.events();
    }

    private Guest introduced() {
        Guest guest = guest(3);
        guest.ok("WRITE", "secret", "1");
        guest.ok("WATCH", "secret", "t");
        dom0.ok("WRITE", "/shared", "1");
        dom0.ok("SET_PERMS", "/shared", "n0", "r3");
        watcher.events();
        guest.events();
        guest.deeds.clear();
        return guest;
    }

    @Test
    @DisplayName("P-INTRO-8: a second INTRODUCE that finds the same page begins the connection anew")
    void theSamePage() {
        Guest guest = introduced();
        dom0.ok("INTRODUCE", "3", "99", "6");
        assertThat(guest.deeds).containsExactly("remap 99", "rebind 6", "restart", "acknowledge");
        assertThat(watcher.events()).isEmpty();
        assertThat(guest.ask("READ", "secret")).isEqualTo("1");
        assertThat(guest.connection().watches()).isEmpty();
    }

    @Test
    @DisplayName("L-T-8: a second INTRODUCE that finds another page is the end of one domain and the begin of another")
    void anotherPage() {
        Guest old = introduced();
        old.pageIsTheSame = false;
        hypervisor.create(3);
        Guest young = introduce(3);
        assertThat(young).isNotSameAs(old);
        assertThat(old.deeds).containsExactly("remap 77", "close");
        assertThat(watcher.events()).containsExactly(OUT, IN);
        assertThat(dom0.ask("READ", "/local/domain/3")).isEqualTo("ENOENT");
        assertThat(young.ask("READ", "/shared")).as("L-T-9").isEqualTo("EACCES");
        assertThat(warnings()).anyMatch(warning -> warning.contains("domain 3 is introduced again"));
    }

    @Test
    @DisplayName("L-T-8: the domain is looked at before INTRODUCE, so a dead one is never taken for its successor")
    void aDeadOneIsSeen() {
        Guest old = introduced();
        hypervisor.setLife(3, Life.DEAD);
        assertThat(dom0.ask("INTRODUCE", "3", "77", "5")).isEqualTo("EINVAL");
        assertThat(watcher.events()).containsExactly(OUT);
        assertThat(old.deeds).containsExactly("close");
        hypervisor.create(3);
        introduce(3);
        assertThat(watcher.events()).containsExactly(IN);
    }

    @Test
    @DisplayName("L-T-9: the domain is looked at before anything is given to it")
    void whoIsGoneIsSeen() {
        for (List<String> gift : List.of(
                List.of("SET_PERMS", "/x", "n0", "r3"),
                List.of("SET_FEATURE", "3", "0"),
                List.of("SET_QUOTA", "3", "nodes", "1"),
                List.of("SET_TARGET", "3", "3"))) {
            introduced();
            dom0.ok("WRITE", "/x", "");
            hypervisor.free(3);
            var _ = dom0.ask(gift.getFirst(), gift.subList(1, gift.size()).toArray(String[]::new));
            assertThat(watcher.events()).as("%s", gift).containsExactly(OUT);
            assertThat(engine.domains().get(3)).isNull();
        }
    }

    @Test
    @DisplayName("L-SUSP-9, 12.6: a soft reset is RELEASE and INTRODUCE, with a page of any content")
    void aSoftReset() {
        introduced();
        hypervisor.shutDown(3);
        engine.scan();
        assertThat(watcher.events()).containsExactly(OUT);
        dom0.ok("RELEASE", "3");
        hypervisor.resume(3);
        assertThat(introduce(3).deeds).containsExactly("features 15", "restart", "acknowledge");
        assertThat(watcher.events()).containsExactly(OUT, IN);
        engine.scan();
        assertThat(watcher.events()).isEmpty();
    }

    @Test
    @DisplayName("L-VIRQ-3: VIRQ_DOM_EXC leads to a look at every known domain, in ascending order")
    void everybodyIsLookedAt() {
        watcher.ok("WATCH", "@releaseDomain", "domid", "1");
        for (int domid : List.of(5, 1, 3)) {
            guest(domid);
        }
        watcher.events();
        hypervisor.shutDown(5);
        hypervisor.setLife(3, Life.DEAD);
        hypervisor.shutDown(1);
        engine.scan();
        assertThat(watcher.events())
                .containsExactly(
                        "@releaseDomain/1 domid", OUT, "@releaseDomain/3 domid", "@releaseDomain/5 domid", OUT);
        engine.scan();
        assertThat(watcher.events()).isEmpty();
    }
}
