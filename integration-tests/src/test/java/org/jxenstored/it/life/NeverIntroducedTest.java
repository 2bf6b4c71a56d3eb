package org.jxenstored.it.life;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.protocol.Access;
import org.jxenstored.protocol.Domid;
import org.jxenstored.protocol.Feature;
import org.jxenstored.protocol.Permission;
import org.jxenstored.sim.host.DomainConfig;
import org.jxenstored.sim.host.Mapping;
import org.jxenstored.sim.host.ShutdownCode;
import org.jxenstored.sim.host.SimDomain;

/** Domains that end before the store was ever told of them. */
@OnEveryMachine
final class NeverIntroducedTest extends LifeTest {
    private static final Permission DOM0S = new Permission(Access.NONE, Domid.DOM0);

    NeverIntroducedTest(Machine machine) {
        super(machine);
    }

    @Test
    @DisplayName("L-T-5, L-SCAN-3: the life and death of a domain the store does not know is no news")
    void unknown() throws Exception {
        SimDomain stranger = build(DomainConfig.SMALL);
        stranger.unpause();
        stranger.shutdown(ShutdownCode.POWEROFF);
        assertThat(lateNews()).isEmpty();
        stranger.destroy();
        assertThat(lateNews()).isEmpty();
        assertThat(exists(stranger.domid())).isFalse();
    }

    @Test
    @DisplayName(
            "12.11, L-T-5, S-DEATH-9: dead before INTRODUCE is nothing; freed, all it had vanishes without an event")
    void deadBeforeIntroduce() throws Exception {
        SimDomain guest = build(DomainConfig.SMALL);
        Mapping held = map(guest, world.host().dom0());
        dom0().write("/a/own", "x");
        dom0().setPermissions("/a", DOM0S, new Permission(Access.READ, guest.domid()));
        dom0().setPermissions("/a/own", new Permission(Access.NONE, guest.domid()));
        guest.destroy();
        assertThat(lateNews()).isEmpty();
        assertThat(dom0().exists("/a/own")).as("while it is a zombie").isTrue();
        held.close();
        assertThat(news()).isEmpty();
        assertThat(dom0().exists("/a/own")).isFalse();
        assertThat(dom0().getPermissions("/a")).containsExactly(DOM0S);
    }

    @Test
    @DisplayName("L-T-10, S-DEATH-5: what was set by SET_FEATURE and SET_QUOTA goes with the domain")
    void knownByFeaturesAndQuotas() throws Exception {
        SimDomain featured = build(DomainConfig.SMALL);
        SimDomain limited = build(DomainConfig.SMALL);
        dom0().setFeatures(featured.domid(), 0);
        dom0().setQuota(limited.domid(), "nodes", 7);
        featured.destroy();
        limited.destroy();
        assertThat(lateNews()).isEmpty();
        assertThat(world.daemon().server().engine().domains().get(featured.domid()))
                .isNull();
        assertThat(world.daemon().server().engine().domains().get(limited.domid()))
                .isNull();
        SimDomain next = build(DomainConfig.SMALL.withDomid(featured.domid()));
        assertThat(dom0().features(next.domid())).isEqualTo(Feature.ALL);
        next = build(DomainConfig.SMALL.withDomid(limited.domid()));
        assertThat(dom0().quota(next.domid(), "nodes")).isEqualTo(dom0().quota("nodes"));
    }

    @Test
    @DisplayName("L-T-10: a domain known only by a permission entry vanishes with it")
    void knownByPermission() throws Exception {
        SimDomain guest = build(DomainConfig.SMALL);
        dom0().write("/a", "x");
        dom0().setPermissions("/a", DOM0S, new Permission(Access.READ, guest.domid()));
        guest.destroy();
        assertThat(lateNews()).isEmpty();
        assertThat(dom0().getPermissions("/a")).containsExactly(DOM0S);
        assertThat(world.daemon().server().engine().domains().get(guest.domid()))
                .isNull();
    }
}
