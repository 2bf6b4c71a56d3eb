package org.jxenstored.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What is left of a domain that is gone: nothing. */
final class DomainCleanUpTest extends DomainLifeWorld {
    @Test
    @DisplayName("S-DEATH-1 to S-DEATH-6, S-SPEC-9, L-T-11: its nodes go with events, then @releaseDomain, once")
    void everythingOfADomainGoes() {
        Guest guest = guest(3);
        guest.ok("WRITE", "a/b", "1");
        dom0.ok("WRITE", "/shared", "1");
        dom0.ok("SET_PERMS", "/shared", "n0", "r3", "b4");
        guest.ok("WATCH", "a", "own");
        guest.events();
        watcher.ok("WATCH", "/local/domain/3/a", "a");
        watcher.ok("WATCH", "/shared", "s");
        news();
        long generation = node("/shared").generation();
        dom0.ok("RELEASE", "3");
        assertThat(news()).containsExactly("/local/domain/3/a a", PLAIN, released(3));
        assertThat(guest.all()).as("nothing to itself").isEmpty();
        assertThat(dom0.ask("GET_PERMS", "/shared")).isEqualTo("n0 b4");
        assertThat(node("/shared").generation()).as("S-GEN-3").isEqualTo(generation);
        assertThat(dom0.ask("DIRECTORY", "/local/domain")).isEmpty();
        hypervisor.free(3);
        engine.scan();
        assertThat(news()).isEmpty();
        assertThat(dom0.ask("RELEASE", "3")).isEqualTo("ENOENT");
    }

    @Test
    @DisplayName("S-DEATH-2: a node it owns goes with what others own below it")
    void othersNodesBelowGoToo() {
        guest(4);
        Guest guest = guest(3);
        guest.ok("WRITE", "a", "1");
        dom0.ok("WRITE", "/local/domain/3/a/b/c", "1");
        dom0.ok("SET_PERMS", "/local/domain/3/a/b", "n4");
        hypervisor.free(3);
        engine.scan();
        assertThat(dom0.ask("DIRECTORY", "/local/domain")).isEqualTo("4");
    }

    @Test
    @DisplayName("S-DEATH-8: its home stays if dom0 owns it")
    void aHomeOfDom0Stays() {
        guest(3);
        dom0.ok("SET_PERMS", "/local/domain/3", "n0", "r3");
        hypervisor.free(3);
        engine.scan();
        assertThat(dom0.ask("GET_PERMS", "/local/domain/3")).isEqualTo("n0");
    }

    @Test
    @DisplayName("S-DEATH-4: the special nodes forget it, whether it had an entry or owned them")
    void theSpecialNodesForgetIt() {
        guest(3);
        dom0.ok("SET_PERMS", "@introduceDomain", "n0", "r3");
        dom0.ok("SET_PERMS", "@releaseDomain", "r3", "b3");
        hypervisor.free(3);
        engine.scan();
        assertThat(dom0.ask("GET_PERMS", "@introduceDomain")).isEqualTo("n0");
        assertThat(dom0.ask("GET_PERMS", "@releaseDomain")).isEqualTo("r0");
    }

    @Test
    void aRootItOwnedGoesToTheControlDomain() {
        guest(3);
        dom0.ok("SET_PERMS", "/", "r3");
        hypervisor.free(3);
        engine.scan();
        assertThat(dom0.ask("GET_PERMS", "/")).isEqualTo("r0");
        assertThat(dom0.ask("READ", "/tool")).isEmpty();
    }

    @Test
    @DisplayName("S-PERM-6, L-RACE-3, L-T-9: a predecessor's rights never serve the successor")
    void rightsAreNotInherited() {
        guest(3);
        dom0.ok("WRITE", "/shared", "1");
        dom0.ok("SET_PERMS", "/shared", "n0", "r3");
        hypervisor.create(3);
        engine.scan();
        Guest young = introduce(3);
        assertThat(young.ask("READ", "/shared")).isEqualTo("EACCES");
        dom0.ok("SET_PERMS", "/shared", "n0", "r3");
        assertThat(young.ask("READ", "/shared")).isEqualTo("1");
    }

    @Test
    @DisplayName("S-PERM-7: rights given before the domain exists do not work later")
    void rightsGivenTooEarlyDoNotWork() {
        dom0.ok("WRITE", "/shared", "1");
        dom0.ok("SET_PERMS", "/shared", "n0", "r3");
        hypervisor.create(3);
        Guest guest = introduce(3);
        assertThat(guest.ask("READ", "/shared")).isEqualTo("EACCES");
        dom0.ok("WRITE", "/shared", "2");
        assertThat(guest.ask("READ", "/shared")).as("marked for good").isEqualTo("EACCES");
    }

    @Test
    @DisplayName("P-REL-6, S-DEATH-10, L-T-13: a target's release is complete at once and clears the pointers to it")
    void aTargetsReleaseClearsThePointers() {
        Guest stub = guest(1);
        guest(5);
        dom0.ok("SET_TARGET", "1", "5");
        stub.ok("WRITE", "/local/domain/5/x", "1");
        news();
        dom0.ok("RELEASE", "5");
        assertThat(news()).containsExactly(PLAIN, released(5));
        hypervisor.create(5);
        dom0.ok("WRITE", "/local/domain/5", "");
        dom0.ok("SET_PERMS", "/local/domain/5", "n5");
        introduce(5);
        assertThat(stub.ask("READ", "/local/domain/5")).isEqualTo("EACCES");
    }

    @Test
    @DisplayName("P-REL-1, P-REL-2, P-REL-3, P-RESUME-1: what is refused")
    void whatIsRefused() {
        for (String type : List.of("RELEASE", "RESUME")) {
            assertThat(dom0.ask(type, "x")).isEqualTo("EINVAL");
            assertThat(dom0.ask(type, "0")).isEqualTo("EINVAL");
            assertThat(dom0.ask(type, "3")).isEqualTo("ENOENT");
            assertThat(dom0.ask(type, "3", "4")).isEqualTo("EINVAL");
        }
    }

    @Test
    @DisplayName("L-RACE-5: a dead guest's last request does not act with the rights of its successor")
    void aDeadGuestsLastRequestDoesNothing() {
        Guest old = guest(3);
        guest(4);
        hypervisor.create(3);
        dom0.ok("WRITE", "/data", "");
        dom0.ok("SET_PERMS", "/data", "n0", "b4");
        engine.domains().setTarget(Objects.requireNonNull(engine.domains().get(3)), 4);
        dom0.ok("WRITE", "/of4", "");
        dom0.ok("SET_PERMS", "/of4", "n4");
        assertThat(old.ask("SET_PERMS", "/of4", "n4", "b3")).isEqualTo("no reply");
        assertThat(dom0.ask("GET_PERMS", "/of4")).isEqualTo("n4");
    }
}
