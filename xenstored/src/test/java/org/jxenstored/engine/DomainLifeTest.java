package org.jxenstored.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.jxenstored.domain.FakeDomainStates;
import org.jxenstored.domain.Quotas;
import org.jxenstored.hypervisor.DomainState.Life;
import org.jxenstored.protocol.StorePath;
import org.jxenstored.store.Node;

@DisplayName("lifecycle.md 9: what becomes of a domain in the store")
class DomainLifeTest extends EngineWorld {
    /** Watches special events with domids, and the plain ones. */
    private final Client watcher = socket();

    @BeforeEach
    void watchEverything() {
        watcher.ok("WATCH", "@introduceDomain", "in");
        watcher.ok("WATCH", "@introduceDomain", "domid", "1");
        watcher.ok("WATCH", "@releaseDomain", "out");
        watcher.ok("WATCH", "@releaseDomain", "domid", "1");
        watcher.events();
    }

    private List<String> news() {
        return watcher.events();
    }

    private static String released(int domid) {
        return "@releaseDomain/" + domid + " domid";
    }

    private static final String PLAIN = "@releaseDomain out";

    private Node node(String path) {
        return Objects.requireNonNull(engine.store().tree().find(StorePath.of(path)), path);
    }

    @Nested
    class Introduction {
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

    @Nested
    class Scan {
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
        @DisplayName("L-SCAN-4, L-SCAN-5, S-DEATH-9, L-T-10: who was not introduced goes silently, and only when gone")
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

    @Nested
    class CleanUp {
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
        @DisplayName(
                "P-REL-6, S-DEATH-10, L-T-13: a target's release is complete at once and clears the pointers to it")
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
    }

    @Nested
    @DisplayName("L-RACE-5: a reused domid is noticed before the domain is given anything")
    class Identity {
        @BeforeEach
        void reuseTheDomid() {
            guest(3);
            guest(4);
            dom0.ok("WRITE", "/local/domain/3/old", "1");
            news();
            hypervisor.create(3);
        }

        private void assertTheOldOneIsGone() {
            assertThat(news()).containsExactly(PLAIN, released(3));
            assertThat(dom0.ask("READ", "/local/domain/3/old")).isEqualTo("ENOENT");
        }

        @Test
        void atSetPerms() {
            dom0.ok("WRITE", "/new", "");
            dom0.ok("SET_PERMS", "/new", "n3");
            assertTheOldOneIsGone();
            assertThat(dom0.ask("GET_PERMS", "/new")).isEqualTo("n3");
        }

        @Test
        void atSetPermsInATransaction() {
            dom0.begin();
            dom0.ok("WRITE", "/new", "");
            dom0.ok("SET_PERMS", "/new", "n0", "r3");
            dom0.end("F");
            assertTheOldOneIsGone();
        }

        @Test
        void atSetFeature() {
            dom0.ok("SET_FEATURE", "3", "1");
            assertTheOldOneIsGone();
            assertThat(dom0.ask("GET_FEATURE", "3")).isEqualTo("1");
        }

        @Test
        void atSetQuota() {
            dom0.ok("SET_QUOTA", "3", "nodes", "7");
            assertTheOldOneIsGone();
            assertThat(dom0.ask("GET_QUOTA", "3", "nodes")).isEqualTo("7");
        }

        @Test
        void atSetTarget() {
            assertThat(dom0.ask("SET_TARGET", "4", "3")).isEqualTo("ENOENT");
            assertTheOldOneIsGone();
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

    @Nested
    class Rings {
        @Test
        @DisplayName("S-RING-11: a guest that asks for a fresh connection gets one")
        void aGuestReconnects() {
            Guest guest = guest(3);
            guest.ok("WATCH", "a", "t");
            guest.begin();
            guest.send("READ", "a");
            guest.deeds.clear();
            engine.reconnect(guest.connection(), guest);
            assertThat(guest.deeds).containsExactly("restart", "acknowledge");
            assertThat(guest.connection().watches()).isEmpty();
            assertThat(guest.in(0).ask("READ", "a")).isEqualTo("ENOENT");
            guest.ok("WRITE", "a", "still its own");
        }

        @Test
        @DisplayName("S-RUN-2, S-RING-7: a ring that was there before the daemon keeps its indexes")
        void anAdoptedRing() {
            hypervisor.create(8);
            Guest guest = new Guest(8);
            engine.adoptRing(8, guest);
            assertThat(guest.deeds).containsExactly("features 15", "acknowledge");
            assertThat(news()).as("S-SPEC-1").containsExactly("@introduceDomain in", "@introduceDomain/8 domid");
            assertThat(dom0.ask("IS_DOMAIN_INTRODUCED", "8")).isEqualTo("T");
        }

        @Test
        @DisplayName("P-CALL-6, S-SPEC-1: the control domain's own ring is privileged and nobody is told")
        void theControlDomainsRing() {
            Guest kernel = new Guest(0);
            engine.adoptRing(0, kernel);
            assertThat(news()).isEmpty();
            assertThat(kernel.ask("READ", "/")).isEmpty();
            assertThat(kernel.connection().isPrivileged()).isTrue();
            assertThat(kernel.ask("IS_DOMAIN_INTRODUCED", "0")).isEqualTo("T");
        }
    }

    @Test
    @DisplayName("S-SPEC-6, S-INIT-1: everybody may see releases, only the control domain introductions")
    void whoMaySeeSpecialEvents() {
        Guest guest = guest(3);
        guest.ok("WATCH", "@introduceDomain", "in");
        guest.ok("WATCH", "@releaseDomain", "out");
        guest.events();
        guest(4);
        hypervisor.free(4);
        engine.scan();
        assertThat(guest.events()).containsExactly("@releaseDomain out");
        dom0.ok("SET_PERMS", "@introduceDomain", "n0", "r3");
        assertThat(guest.events()).as("S-WATCH-9").containsExactly("@introduceDomain in");
        guest(5);
        assertThat(guest.events()).containsExactly("@introduceDomain in");
    }

    @Test
    @DisplayName("S-DEATH-7: with keep-orphans the control domain inherits nodes, at any depth")
    void orphansAreKept() {
        var world = new Orphanage();
        world.run();
    }

    private static final class Orphanage extends EngineWorld {
        Orphanage() {
            super(new EngineConfig(0, 0, Quotas.DEFAULTS, 20, true, 1 << 20), new FakeDomainStates());
        }

        void run() {
            Guest guest = guest(3);
            guest.ok("WRITE", "a/b", "1");
            dom0.ok("WRITE", "/mine", "");
            dom0.ok("SET_PERMS", "/mine", "n0", "b3");
            guest.ok("WRITE", "/mine/its/deep", "1");
            dom0.ok("SET_PERMS", "/mine/its", "n0");
            hypervisor.free(3);
            engine.scan();
            for (String path : List.of("/local/domain/3", "/local/domain/3/a/b", "/mine", "/mine/its/deep")) {
                assertThat(dom0.ask("GET_PERMS", path)).as(path).isEqualTo("n0");
            }
            assertThat(dom0.ask("READ", "/local/domain/3/a/b")).isEqualTo("1");
            everythingCountedIsRight();
        }
    }

    @Test
    @DisplayName("L-VIRQ-3, L-RACE-6: a hypervisor without a record of changes is asked for everybody")
    void anOldHypervisor() {
        var world = new OldHost();
        world.run();
    }

    private static final class OldHost extends EngineWorld {
        OldHost() {
            super(EngineConfig.DEFAULT, new FakeDomainStates(false, false));
        }

        void run() {
            dom0.ok("WATCH", "@releaseDomain", "t");
            dom0.events();
            guest(3);
            hypervisor.shutDown(3);
            engine.scan();
            assertThat(dom0.events()).containsExactly("@releaseDomain t");
            hypervisor.free(3);
            engine.scan();
            assertThat(dom0.events()).containsExactly("@releaseDomain t");
            assertThat(dom0.ask("IS_DOMAIN_INTRODUCED", "3")).isEqualTo("F");
            everythingCountedIsRight();
        }
    }
}
