package org.jxenstored.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jxenstored.hypervisor.DomainState.Life;

/** Who is dead has no place in the store, however long somebody keeps it in the hypervisor's list. */
final class ZombieTest extends DomainLifeWorld {
    @BeforeEach
    void prepare() {
        guest(3);
        guest(4);
        dom0.ok("WRITE", "/shared", "1");
        news();
    }

    /** Dead for good; has the daemon heard of it? */
    private void die(boolean scanned) {
        hypervisor.setLife(3, Life.DEAD);
        if (scanned) {
            engine.scan();
            assertThat(news()).containsExactly(PLAIN, released(3));
        }
    }

    private void assertItsEndIsTold(boolean scanned) {
        if (!scanned) {
            assertThat(news()).containsExactly(PLAIN, released(3));
        }
        assertThat(engine.domains().get(3)).isNull();
        hypervisor.free(3);
        engine.scan();
        engine.scanAll();
        assertThat(news()).as("L-REF-4").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("L-DRV-4, P-SPERM-4, P-SPERM-5: SET_PERMS takes a zombie for nobody")
    void setPerms(boolean scanned) {
        die(scanned);
        assertThat(dom0.ask("SET_PERMS", "/shared", "n3")).isEqualTo("ENOENT");
        dom0.ok("SET_PERMS", "/shared", "n0", "r3");
        assertItsEndIsTold(scanned);
        hypervisor.create(3);
        assertThat(introduce(3).ask("READ", "/shared")).as("L-T-9").isEqualTo("EACCES");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("L-DRV-3, L-KILL-3: INTRODUCE of a zombie is EINVAL and keeps nothing mapped")
    void introduceIt(boolean scanned) {
        die(scanned);
        assertThat(dom0.ask("INTRODUCE", "3", "1", "5")).isEqualTo("EINVAL");
        assertItsEndIsTold(scanned);
        assertThat(attachedTo(3).deeds).containsExactly("close");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("L-DRV-3, P-TGT-2: SET_TARGET of a zombie is ENOENT")
    void setTarget(boolean scanned) {
        die(scanned);
        assertThat(dom0.ask("SET_TARGET", "4", "3")).isEqualTo("ENOENT");
        assertItsEndIsTold(scanned);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("L-DRV-3: SET_FEATURE and SET_QUOTA make no record of a zombie")
    void setFeatureAndQuota(boolean scanned) {
        die(scanned);
        assertThat(dom0.ask("SET_FEATURE", "3", "0")).isEqualTo("ENOENT");
        assertThat(dom0.ask("SET_QUOTA", "3", "nodes", "1")).isEqualTo("ENOENT");
        assertItsEndIsTold(scanned);
    }

    @Test
    @DisplayName("L-KILL-1, L-KILL-2: a domain whose destruction takes long is served and named like any other")
    void aDyingDomainIsNoZombie() {
        hypervisor.setLife(3, Life.DYING);
        dom0.ok("SET_PERMS", "/shared", "n0", "r3");
        dom0.ok("SET_QUOTA", "3", "nodes", "7");
        assertThat(attachedTo(3).ask("READ", "/shared")).isEqualTo("1");
        assertThat(news()).isEmpty();
        hypervisor.setLife(3, Life.DEAD);
        engine.scan();
        assertThat(news()).containsExactly(PLAIN, released(3));
        assertThat(dom0.ask("GET_PERMS", "/shared")).isEqualTo("n0");
    }

    @Test
    @DisplayName("12.7, L-DRV-2: who holds a zombie neither delays its death nor makes news by letting go")
    void whoHoldsAZombie() {
        hypervisor.setLife(3, Life.DEAD);
        engine.scan();
        assertThat(news()).containsExactly(PLAIN, released(3));
        hypervisor.setLife(4, Life.DYING);
        hypervisor.free(3);
        engine.scan();
        assertThat(news()).isEmpty();
        hypervisor.setLife(4, Life.DEAD);
        engine.scan();
        assertThat(news()).containsExactly(PLAIN, released(4));
        hypervisor.free(4);
        engine.scan();
        assertThat(news()).isEmpty();
    }

    @Test
    @DisplayName("L-DRV-5: a driver domain's nodes and rights below its own home go with it")
    void aDriverDomainDies() {
        dom0.ok("WRITE", "/local/domain/4/backend/vif/3/0/state", "2");
        dom0.ok("SET_PERMS", "/local/domain/4/backend/vif/3/0", "n4", "r3");
        dom0.ok("SET_PERMS", "/shared", "n0", "b4");
        hypervisor.setLife(4, Life.DEAD);
        engine.scan();
        assertThat(dom0.ask("GET_PERMS", "/shared")).isEqualTo("n0");
        assertThat(dom0.ask("DIRECTORY", "/local/domain")).isEqualTo("3");
    }

    @Test
    @DisplayName("L-T-11: after RELEASE a zombie's end is no news, even if its rights are named once more")
    void releaseThenDeath() {
        dom0.ok("RELEASE", "3");
        news();
        dom0.ok("SET_PERMS", "/shared", "n0", "r3");
        hypervisor.setLife(3, Life.DEAD);
        engine.scan();
        assertThat(dom0.ask("GET_PERMS", "/shared")).as("L-SCAN-4").isEqualTo("n0 r3");
        hypervisor.free(3);
        engine.scan();
        assertThat(dom0.ask("GET_PERMS", "/shared")).as("L-SCAN-5").isEqualTo("n0");
        assertThat(news()).isEmpty();
    }
}
