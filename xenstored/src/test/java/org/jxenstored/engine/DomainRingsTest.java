package org.jxenstored.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.domain.FakeDomainStates;
import org.jxenstored.domain.Quotas;

/** Rings that begin anew or are adopted, and hosts of other kinds. */
final class DomainRingsTest extends DomainLifeWorld {
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
    @DisplayName("S-RUN-2, S-RING-7: a ring that was there before the daemon keeps its indexes, and its kernel is told")
    void anAdoptedRing() {
        hypervisor.create(8);
        Guest guest = new Guest(8);
        engine.adoptRing(8, guest);
        assertThat(guest.deeds).containsExactly("features 15", "signal");
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
            super(
                    new EngineConfig(0, 0, Quotas.DEFAULTS, 20, true, 1 << 20, EngineConfig.DEFAULT_EVENTS_AT_ONCE),
                    new FakeDomainStates());
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
