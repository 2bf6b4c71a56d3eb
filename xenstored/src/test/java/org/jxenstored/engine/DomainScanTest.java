package org.jxenstored.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.hypervisor.DomainState.Life;

/** What a look at the domains finds, and who is told (lifecycle.md 9). */
final class DomainScanTest extends DomainLifeWorld {
    @Test
    @DisplayName("L-SCAN-6, L-SCAN-9, L-T-1: a shutdown is reported once, and again only after RESUME")
    void aShutdownIsReportedOnce() {
        guest(3);
        news();
        hypervisor.shutDown(3);
        engine.scan();
        assertThat(news()).containsExactly(released(3), PLAIN);
        engine.scanAll();
        assertThat(news()).isEmpty();
        hypervisor.resume(3);
        dom0.ok("RESUME", "3");
        assertThat(news()).isEmpty();
        hypervisor.shutDown(3);
        engine.scan();
        assertThat(news()).containsExactly(released(3), PLAIN);
        assertThat(dom0.ask("IS_DOMAIN_INTRODUCED", "3")).as("P-ISI-3").isEqualTo("T");
    }

    @Test
    @DisplayName("P-RESUME-2, L-SUSP-6: a shutdown just before RESUME is not missed")
    void aShutdownJustBeforeResume() {
        guest(3);
        hypervisor.shutDown(3);
        engine.scan();
        news();
        hypervisor.shutDown(3);
        dom0.ok("RESUME", "3");
        assertThat(news()).containsExactly(released(3), PLAIN);
    }

    @Test
    @DisplayName("L-SCAN-7, L-T-2: dying causes nothing, dead does")
    void dyingCausesNothing() {
        guest(3);
        news();
        hypervisor.setLife(3, Life.DYING);
        engine.scan();
        assertThat(news()).isEmpty();
        hypervisor.setLife(3, Life.DEAD);
        engine.scan();
        assertThat(news()).containsExactly(PLAIN, released(3));
    }

    @Test
    @DisplayName("L-SCAN-3, L-REF-4, L-T-4: a zombie is reported when dead, not when it is freed")
    void aZombieIsReportedOnce() {
        Guest guest = guest(3);
        news();
        hypervisor.setLife(3, Life.DEAD);
        engine.scan();
        assertThat(guest.deeds).as("L-REF-2: unmapped at once").endsWith("close");
        news();
        hypervisor.free(3);
        engine.scan();
        engine.scanAll();
        assertThat(news()).isEmpty();
    }

    @Test
    @DisplayName("L-SCAN-2, L-T-3: another unique id is a death")
    void anotherUniqueIdIsADeath() {
        guest(3);
        news();
        hypervisor.create(3);
        engine.scan();
        assertThat(news()).containsExactly(PLAIN, released(3));
        assertThat(dom0.ask("IS_DOMAIN_INTRODUCED", "3")).isEqualTo("F");
    }

    @Test
    @DisplayName("lifecycle.md 12.8, S-SPEC-5, L-T-6: two shut down and one dies before anybody looks")
    void severalAtOnce() {
        guest(1);
        guest(2);
        guest(3);
        news();
        hypervisor.setLife(3, Life.DEAD);
        hypervisor.shutDown(2);
        hypervisor.shutDown(1);
        engine.scan();
        assertThat(news()).containsExactly(released(1), released(2), PLAIN, released(3));
    }

    @Test
    @DisplayName("L-SCAN-9: a death in the middle does not pay for a later shutdown's plain event")
    void aDeathInTheMiddle() {
        guest(1);
        guest(2);
        news();
        hypervisor.setLife(1, Life.DEAD);
        hypervisor.shutDown(2);
        engine.scan();
        assertThat(news()).containsExactly(PLAIN, released(1), released(2), PLAIN);
    }

    @Test
    @DisplayName("L-SCAN-6, L-SCAN-8: shut down and dead at once")
    void shutDownAndDeadAtOnce() {
        guest(3);
        news();
        hypervisor.shutDown(3);
        hypervisor.free(3);
        engine.scan();
        assertThat(news()).containsExactly(PLAIN, released(3));
    }

    @Test
    @DisplayName("L-SCAN-6, L-SCAN-8, L-REF-5: a zombie that shut down before: its shutdown and its death")
    void aZombieThatShutDownBefore() {
        guest(3);
        news();
        hypervisor.shutDown(3);
        hypervisor.setLife(3, Life.DEAD);
        engine.scan();
        assertThat(news()).containsExactly(released(3), PLAIN, released(3));
    }

    @Test
    @DisplayName("L-REF-5, 12.1: a guest that powers off is news twice, once for its shutdown and once for its death")
    void aGuestPowersOff() {
        guest(3);
        news();
        hypervisor.shutDown(3);
        engine.scan();
        assertThat(news()).containsExactly(released(3), PLAIN);
        hypervisor.setLife(3, Life.DYING);
        engine.scan();
        hypervisor.setLife(3, Life.DEAD);
        engine.scan();
        assertThat(news()).containsExactly(PLAIN, released(3));
        hypervisor.free(3);
        engine.scan();
        assertThat(news()).isEmpty();
    }

    @Test
    @DisplayName(
            "L-SCAN-6: a hypervisor that cannot be asked about one domain does not hide the others, and nobody dies")
    void aHypervisorThatDoesNotAnswer() {
        guest(1);
        guest(2);
        guest(3);
        news();
        hypervisor.shutDown(1);
        hypervisor.setLife(3, Life.DEAD);
        hypervisor.stopAnswering(2);
        engine.scanAll();
        assertThat(takeDefects()).singleElement().asString().contains("domain 2");
        assertThat(news()).containsExactly(released(1), PLAIN, released(3));
        hypervisor.answerAgain();
        assertThat(dom0.ask("IS_DOMAIN_INTRODUCED", "2")).isEqualTo("T");
        hypervisor.free(2);
        engine.scanAll();
        assertThat(news()).containsExactly(PLAIN, released(2));
    }

    @Test
    @DisplayName("S-DEATH-6: whatever goes wrong with its ring, a domain's death is told")
    void aDeathIsToldWhateverGoesWrong() {
        guest(3).whenClosed = () -> {
            throw new IllegalStateException("cannot unmap");
        };
        news();
        hypervisor.free(3);
        engine.scan();
        assertThat(takeDefects()).singleElement().asString().contains("cannot unmap");
        assertThat(news()).containsExactly(PLAIN, released(3));
    }

    @Test
    @DisplayName(
            "S-RING-9, S-RING-11: a guest that breaks the protocol and reconnects all the time does not fill the log")
    void aGuestDoesNotFillTheLog() {
        Guest guest = guest(3);
        trace.warnings.clear();
        for (int i = 0; i < 100; i++) {
            engine.protocolError(guest.connection(), 3, "it sent nonsense");
            engine.reconnect(guest.connection(), guest);
        }
        assertThat(trace.warnings).hasSize(1);
        pass(10_000);
        engine.protocolError(guest.connection(), 3, "it sent nonsense");
        assertThat(trace.warnings).hasSize(2);
    }

    @Test
    @DisplayName(
            "12.11, L-SCAN-4, L-SCAN-5, S-DEATH-9, L-T-10: who was not introduced goes silently, and only when gone")
    void whoWasNotIntroducedGoesSilently() {
        hypervisor.create(3);
        dom0.ok("WRITE", "/x/y", "");
        dom0.ok("SET_PERMS", "/x", "n0", "r3");
        dom0.ok("SET_PERMS", "/x/y", "n3");
        hypervisor.setLife(3, Life.DEAD);
        engine.scan();
        assertThat(dom0.ask("READ", "/x/y")).isEmpty();
        hypervisor.free(3);
        engine.scan();
        assertThat(dom0.ask("READ", "/x/y")).isEqualTo("ENOENT");
        assertThat(dom0.ask("GET_PERMS", "/x")).isEqualTo("n0");
        assertThat(news()).isEmpty();
        assertThat(engine.domains().get(3)).isNull();
    }

    @Test
    @DisplayName("L-SCAN-3, L-T-5: unknown domids are nobody's business")
    void unknownDomidsAreIgnored() {
        hypervisor.create(9);
        hypervisor.shutDown(9);
        engine.scan();
        hypervisor.free(9);
        engine.scan();
        assertThat(news()).isEmpty();
        assertThat(engine.domains().get(9)).isNull();
    }

    @Test
    @DisplayName("L-SCAN-13: lost news is found by a look at everybody")
    void lostNewsIsFound() {
        guest(3);
        hypervisor.shutDown(3);
        hypervisor.takeChanged();
        news();
        engine.scan();
        assertThat(news()).isEmpty();
        engine.scanAll();
        assertThat(news()).containsExactly(released(3), PLAIN);
    }

    @Test
    @DisplayName("L-SCAN-10: the control domain is not looked at")
    void theControlDomainIsNotLookedAt() {
        hypervisor.create(0);
        hypervisor.free(0);
        engine.scanAll();
        engine.scan();
        assertThat(news()).isEmpty();
        assertThat(dom0.ask("READ", "/")).isEmpty();
    }

    @Test
    @DisplayName("S-RING-9, S-DEATH-12, L-T-14: an ignored guest's death is reported")
    void anIgnoredGuestsDeathIsReported() {
        Guest guest = guest(3);
        news();
        engine.protocolError(guest.connection(), 3, "it sent nonsense");
        assertThat(guest.deeds).endsWith("error 3");
        assertThat(guest.ask("READ", "/")).isEqualTo("no reply");
        assertThat(dom0.ask("IS_DOMAIN_INTRODUCED", "3")).isEqualTo("T");
        hypervisor.free(3);
        engine.scan();
        assertThat(news()).containsExactly(PLAIN, released(3));
    }

    @Test
    @DisplayName("P-INTRO-11, S-RING-10: INTRODUCE ends the ignored state")
    void introduceEndsTheIgnoredState() {
        Guest guest = guest(3);
        engine.protocolError(guest.connection(), 2, "bad index");
        dom0.ok("INTRODUCE", "3", "1", "1");
        assertThat(guest.ask("READ", "a")).isEqualTo("ENOENT");
    }

    @Test
    @DisplayName("P-HDR-9: a socket that breaks the protocol is cut off")
    void aSocketThatBreaksTheProtocolIsCutOff() {
        engine.protocolError(watcher.connection(), 3, "too long");
        assertThat(watcher.cutOff).isEqualTo("too long");
    }
}
