package org.jxenstored.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.domain.FakeDomainStates;
import org.jxenstored.domain.Quotas;

/** The store in a domain of its own, here domain 1: dom0 is a client that comes over a ring, and the only one that rules. */
final class StoreDomainTest extends EngineWorld {
    private static final int STORE = 1;

    /** A client on a socket of the store's domain. */
    private final Client local = dom0;

    private Guest kernel = new Guest(0);

    StoreDomainTest() {
        super(
                new EngineConfig(STORE, 0, Quotas.DEFAULTS, 20, false, 1 << 20, EngineConfig.DEFAULT_EVENTS_AT_ONCE),
                new FakeDomainStates());
    }

    @BeforeEach
    void boot() {
        hypervisor.create(0);
        hypervisor.create(STORE);
        engine.adoptRing(0, kernel);
    }

    private void introduceOverTheRing(int domid) {
        hypervisor.create(domid);
        kernel.ok("WRITE", "/local/domain/" + domid, "");
        kernel.ok("SET_PERMS", "/local/domain/" + domid, "n" + domid);
        kernel.ok("INTRODUCE", Integer.toString(domid), "77", "5");
    }

    @Test
    @DisplayName("P-CALL-1, P-CALL-6: dom0 rules over its ring")
    void dom0RulesOverItsRing() {
        assertThat(kernel.connection().isPrivileged()).isTrue();
        introduceOverTheRing(3);
        assertThat(kernel.ask("IS_DOMAIN_INTRODUCED", "3")).isEqualTo("T");
        attachedTo(3).ok("WRITE", "a", "1");
        assertThat(kernel.ask("READ", "/local/domain/3/a")).isEqualTo("1");
    }

    @Test
    @DisplayName("P-CALL-3, P-CALL-4: a socket acts as the store's domain: no privilege, but no quotas either")
    void aSocketActsAsTheStoresDomain() {
        assertThat(local.connection().isPrivileged()).isFalse();
        for (List<String> request : List.of(
                List.of("INTRODUCE", "3", "1", "5"),
                List.of("RELEASE", "3"),
                List.of("RESUME", "3"),
                List.of("SET_TARGET", "3", "3"),
                List.of("IS_DOMAIN_INTRODUCED", "3"),
                List.of("SET_QUOTA", "nodes", "1"))) {
            assertThat(local.ask(
                            request.getFirst(),
                            request.subList(1, request.size()).toArray(String[]::new)))
                    .as("%s", request)
                    .isEqualTo("EACCES");
        }
        assertThat(local.ask("READ", "/tool")).isEqualTo("EACCES");
        kernel.ok("SET_QUOTA", "nodes", "1");
        kernel.ok("WRITE", "/local/domain/1", "");
        kernel.ok("SET_PERMS", "/local/domain/1", "n1");
        local.ok("WRITE", "a/b/c", "below its own home");
        assertThat(kernel.ask("READ", "/local/domain/1/a/b/c")).isEqualTo("below its own home");
        local.ok("SET_PERMS", "a", "n1", "r32757");
        assertThat(local.ask("SET_PERMS", "a", "n0")).as("P-SPERM-8").isEqualTo("EPERM");
    }

    @Test
    @DisplayName("S-INIT-1, S-SPEC-6: the store's first nodes and the special names are dom0's")
    void theFirstNodesAreDom0s() {
        for (String path : List.of("/", "/tool", "/tool/xenstored", "@introduceDomain")) {
            assertThat(kernel.ask("GET_PERMS", path)).isEqualTo("n0");
        }
        assertThat(local.ask("GET_PERMS", "@introduceDomain")).isEqualTo("EACCES");
        assertThat(local.ask("GET_PERMS", "@releaseDomain")).isEqualTo("n0 r32757");
    }

    @Test
    @DisplayName("S-SPEC-1, S-SPEC-6: who is told of a guest in the store's domain and in dom0")
    void whoIsToldOfAGuest() {
        for (Client client : List.of(local, kernel)) {
            client.ok("WATCH", "@introduceDomain", "in");
            client.ok("WATCH", "@releaseDomain", "out");
            client.events();
        }
        introduceOverTheRing(3);
        hypervisor.free(3);
        engine.scan();
        assertThat(kernel.events()).containsExactly("@introduceDomain in", "@releaseDomain out");
        assertThat(local.events()).containsExactly("@releaseDomain out");
    }

    @Test
    @DisplayName("P-INTRO-10, P-REL-2, P-RESUME-1: neither dom0 nor the store's domain is introduced or released")
    void theHostsDomainsStay() {
        for (String domid : List.of("0", "1")) {
            assertThat(kernel.ask("INTRODUCE", domid, "1", "5")).isEqualTo("EINVAL");
            assertThat(kernel.ask("RELEASE", domid)).isEqualTo("EINVAL");
            assertThat(kernel.ask("RESUME", domid)).isEqualTo("EINVAL");
            assertThat(kernel.ask("IS_DOMAIN_INTRODUCED", domid)).isEqualTo("T");
            assertThat(kernel.ask("SET_FEATURE", domid, "0")).isEqualTo("EBUSY");
        }
    }

    @Test
    @DisplayName("L-SCAN-10: neither of them dies, whatever the hypervisor says")
    void theHostsDomainsDoNotDie() {
        kernel.ok("WATCH", "@releaseDomain", "out");
        kernel.events();
        hypervisor.shutDown(0);
        hypervisor.create(STORE);
        engine.scan();
        hypervisor.free(0);
        hypervisor.free(STORE);
        engine.scanAll();
        assertThat(kernel.events()).isEmpty();
        assertThat(kernel.ask("READ", "/tool")).isEmpty();
    }

    @Test
    @DisplayName("P-CALL-4: the store's own kernel and dom0's have no quotas")
    void neitherHasQuotas() {
        Guest own = new Guest(STORE);
        engine.adoptRing(STORE, own);
        assertThat(own.connection().isPrivileged()).isFalse();
        assertThat(own.connection().isLimited()).isFalse();
        assertThat(kernel.connection().isLimited()).isFalse();
        assertThat(own.ask("READ", "/tool")).isEqualTo("EACCES");
    }

    @Test
    @DisplayName("S-DEATH-7, S-PERM-8: what cannot be removed goes to dom0, not to the store's domain")
    void dom0Inherits() {
        introduceOverTheRing(3);
        kernel.ok("SET_PERMS", "/", "r3");
        hypervisor.free(3);
        engine.scan();
        assertThat(kernel.ask("GET_PERMS", "/")).isEqualTo("r0");
    }

    @Test
    @DisplayName("P-INTRO-10: dom0's kernel is introduced by hand where nobody connected it, once, and nobody is told")
    void dom0IsIntroducedByHand() {
        var world = new Unconnected();
        world.run();
    }

    /** The daemon was started without dom0's port; a client with dom0's identity introduces its kernel. */
    private static final class Unconnected extends EngineWorld {
        Unconnected() {
            super(
                    new EngineConfig(
                            STORE, 0, Quotas.DEFAULTS, 20, false, 1 << 20, EngineConfig.DEFAULT_EVENTS_AT_ONCE),
                    new FakeDomainStates());
        }

        void run() {
            hypervisor.create(0);
            Client admin = socket();
            engine.disconnect(admin.connection());
            admin.connection = engine.connectAs(0, admin);
            admin.ok("WATCH", "@introduceDomain", "in");
            admin.events();
            assertThat(dom0.ask("INTRODUCE", "0", "1", "5"))
                    .as("the store's domain")
                    .isEqualTo("EACCES");
            admin.ok("INTRODUCE", "0", "1", "5");
            Guest kernel = attachedTo(0);
            assertThat(kernel.deeds).containsExactly("features 15", "restart", "acknowledge");
            assertThat(kernel.connection().isPrivileged()).isTrue();
            assertThat(admin.ask("INTRODUCE", "0", "1", "5")).isEqualTo("EINVAL");
            assertThat(admin.events()).isEmpty();
            everythingCountedIsRight();
        }
    }
}
