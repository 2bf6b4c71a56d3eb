package org.jxenstored.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("L-RACE-5: a reused domid is noticed before the domain is given anything")
final class DomainIdentityTest extends DomainLifeWorld {
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
