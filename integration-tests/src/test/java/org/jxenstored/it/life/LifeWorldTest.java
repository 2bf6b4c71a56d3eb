package org.jxenstored.it.life;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.client.XenstoreClient;
import org.jxenstored.sim.host.SimDomain;

/** The simulated machine that the other tests of this package are played on. */
@OnEveryMachine
final class LifeWorldTest extends LifeTest {
    LifeWorldTest(Machine machine) {
        super(machine);
    }

    @Test
    @DisplayName(
            "S-RUN-2: the daemon can be ended and started again; dom0 is served at once, a guest after its INTRODUCE")
    void theDaemonIsStartedAgain() throws Exception {
        SimDomain guest = guest();
        XenstoreClient old = store(guest);
        world.stopDaemon();
        assertThat(old.isOpen()).isFalse();
        world.startDaemon();
        settle();
        assertThat(dom0().isIntroduced(guest.domid())).isFalse();
        introduce(guest);
        store(guest).write("data", "again");
        assertThat(news()).isEqualTo(introduced(guest));
    }

    @Test
    @DisplayName("the daemon can be ended while events wait for a guest that is paused")
    void theDaemonEndsWithWorkLeft() throws Exception {
        SimDomain guest = guest();
        var _ = store(guest).watch("data");
        guest.pause();
        String data = dom0().domainPath(guest.domid()) + "/data/";
        for (int i = 0; i < 100; i++) {
            dom0().write(data + i, "more than fits the ring");
        }
        settle();
        world.stopDaemon();
        world.startDaemon();
        assertThat(dom0().exists(data + "0")).as("S-RUN-9").isFalse();
    }

    @Test
    @DisplayName("a guest that waits for a change sees it, and an hour in which nothing changes is over at once")
    void aWatchingGuest() throws Exception {
        SimDomain guest = guest();
        try (var changes = store(guest).watch("data")) {
            var _ = changes.take();
            world.time().pass(Duration.ofHours(1));
            assertThat(changes.poll()).isEmpty();
            dom0().write(dom0().domainPath(guest.domid()) + "/data", "news");
            settle();
            assertThat(changes.poll()).isPresent();
        }
    }
}
