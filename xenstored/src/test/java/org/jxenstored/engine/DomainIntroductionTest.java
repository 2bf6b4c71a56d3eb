package org.jxenstored.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What INTRODUCE does, first and again. */
final class DomainIntroductionTest extends DomainLifeWorld {
    @Test
    @DisplayName("P-INTRO-7, P-INTRO-9, S-SPEC-1: features, the two events, a ring from scratch, the guest told")
    void theFirstIntroduction() {
        hypervisor.create(3);
        Guest guest = introduce(3);
        assertThat(guest.deeds).containsExactly("features 15", "restart", "acknowledge");
        assertThat(dom0.ask("IS_DOMAIN_INTRODUCED", "3")).isEqualTo("T");
    }

    @Test
    @DisplayName("S-SPEC-1, S-SPEC-5: the plain event and the one with the domid")
    void theEventsOfAnIntroduction() {
        Client second = socket();
        second.ok("WATCH", "@introduceDomain/3", "x");
        second.events();
        hypervisor.create(3);
        introduce(3);
        assertThat(second.events()).containsExactly("@introduceDomain/3 x");
        assertThat(watcher.events()).containsExactly("@introduceDomain in", "@introduceDomain/3 domid");
    }

    @Test
    @DisplayName("P-INTRO-8: a repeated one binds again and resets the connection, without an event")
    void aRepeatedIntroduction() {
        Guest guest = guest(3);
        guest.ok("WATCH", "a", "t");
        guest.begin();
        guest.send("READ", "a");
        news();
        guest.deeds.clear();
        dom0.ok("INTRODUCE", "3", "99", "6");
        assertThat(guest.deeds).containsExactly("rebind 6", "restart", "acknowledge");
        assertThat(news()).isEmpty();
        assertThat(guest.connection().output().isEmpty()).isTrue();
        assertThat(guest.connection().watches()).isEmpty();
        assertThat(guest.ask("READ", "a")).as("its transaction is gone").isEqualTo("ENOENT");
    }

    @Test
    @DisplayName("P-INTRO-1, P-INTRO-2, P-INTRO-3, P-INTRO-10: what is refused")
    void whatIsRefused() {
        hypervisor.create(3);
        for (List<String> bad : List.of(
                List.of("3", "1"),
                List.of("x", "1", "1"),
                List.of("70000", "1", "1"),
                List.of("3", "1", "0"),
                List.of("3", "1", "-1"),
                List.of("3", "x", "1"),
                List.of("0", "1", "1"),
                List.of("32752", "1", "1"),
                List.of("4", "1", "1"))) {
            assertThat(dom0.ask("INTRODUCE", bad.toArray(String[]::new)))
                    .as("%s", bad)
                    .isEqualTo("EINVAL");
        }
        dom0.ok("INTRODUCE", "3", "-1", "1", "and", "more");
    }

    @Test
    @DisplayName("P-INTRO-4: if the page cannot be mapped nothing is introduced")
    void aPageThatCannotBeMapped() {
        hypervisor.create(3);
        makeUnmappable(3);
        assertThat(dom0.ask("INTRODUCE", "3", "1", "1")).isEqualTo("EINVAL");
        assertThat(dom0.ask("IS_DOMAIN_INTRODUCED", "3")).isEqualTo("F");
        assertThat(news()).isEmpty();
        assertThat(trace.warnings).singleElement().asString().contains("domain 3");
    }

    @Test
    @DisplayName("L-RACE-5, L-T-8: with a reused domid the old domain is dead before the new one comes")
    void aReusedDomid() {
        Guest old = guest(3);
        old.ok("WRITE", "secret", "s");
        old.ok("WATCH", "a", "t");
        news();
        hypervisor.create(3);
        Guest young = introduce(3);
        assertThat(young).isNotSameAs(old);
        assertThat(old.deeds).endsWith("close");
        assertThat(news()).containsExactly(PLAIN, released(3), "@introduceDomain in", "@introduceDomain/3 domid");
        assertThat(dom0.ask("READ", "/local/domain/3/secret")).isEqualTo("ENOENT");
        assertThat(old.connection().isClosed()).isTrue();
    }
}
