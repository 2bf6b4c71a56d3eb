package org.jxenstored.it.life;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.protocol.Domid;
import org.jxenstored.sim.host.EventPorts;
import org.jxenstored.sim.host.ShutdownCode;
import org.jxenstored.sim.host.SimDomain;

/** When {@code @releaseDomain} comes, and when it does not. */
@OnEveryMachine
final class ReleaseEventsTest extends LifeTest {
    ReleaseEventsTest(Machine machine) {
        super(machine);
    }

    @Test
    @DisplayName("L-T-1: a shutdown is reported once, and again only after RESUME")
    void aShutdownIsReportedOnce() throws Exception {
        SimDomain guest = guest();
        guest.shutdown(ShutdownCode.REBOOT);
        assertThat(news()).containsExactly(released(guest), PLAIN);
        assertThat(lateNews()).isEmpty();
        guest.resume();
        dom0().resume(guest.domid());
        assertThat(lateNews()).isEmpty();
        guest.shutdown(ShutdownCode.POWEROFF);
        assertThat(news()).containsExactly(released(guest), PLAIN);
    }

    @Test
    @DisplayName("P-RESUME-2, L-SUSP-6: a shutdown between resume and RESUME is not lost")
    void aShutdownJustBeforeResume() throws Exception {
        SimDomain guest = guest();
        guest.shutdown(ShutdownCode.SUSPEND);
        assertThat(news()).containsExactly(released(guest), PLAIN);
        guest.resume();
        guest.shutdown(ShutdownCode.POWEROFF);
        assertThat(news()).isEmpty();
        dom0().resume(guest.domid());
        assertThat(news()).containsExactly(released(guest), PLAIN);
    }

    @Test
    @DisplayName("L-T-2, L-KILL-1: dying alone causes nothing, however long it takes; dead does")
    void dyingIsNoNews() throws Exception {
        SimDomain guest = guest();
        guest.beginDestroy();
        assertThat(lateNews()).isEmpty();
        assertThat(dom0().isIntroduced(guest.domid())).isTrue();
        guest.destroy();
        assertThat(news()).containsExactly(PLAIN, released(guest));
        assertThat(dom0().isIntroduced(guest.domid())).isFalse();
    }

    @Test
    @DisplayName("L-REF-5: a poweroff and the death after it are two events, a destroyed running guest is one")
    void poweroffAndDeath() throws Exception {
        SimDomain polite = guest();
        polite.shutdown(ShutdownCode.POWEROFF);
        assertThat(news()).containsExactly(released(polite), PLAIN);
        polite.destroy();
        assertThat(news()).containsExactly(PLAIN, released(polite));
        SimDomain abrupt = guest();
        abrupt.destroy();
        assertThat(news()).containsExactly(PLAIN, released(abrupt));
        assertThat(lateNews()).isEmpty();
    }

    @Test
    @DisplayName("L-T-6, 12.8: two shut down and a third dies before the daemon looks")
    void severalAtOnce() throws Exception {
        SimDomain first = guest();
        SimDomain second = guest();
        SimDomain third = guest();
        third.destroy();
        second.crash();
        first.shutdown(ShutdownCode.POWEROFF);
        assertThat(news()).containsExactly(released(first), released(second), PLAIN, released(third));
    }

    @Test
    @DisplayName("L-T-6, L-SCAN-9: a death does not pay for the plain event of a shutdown after it")
    void deathThenShutdownAtOnce() throws Exception {
        SimDomain first = guest();
        SimDomain second = guest();
        second.crash();
        first.destroy();
        assertThat(news()).containsExactly(PLAIN, released(first), released(second), PLAIN);
    }

    @Test
    @DisplayName("L-T-7, L-SUSP-3: a suspend that nobody subscribed to is told like any shutdown")
    void suspendWithVirq() throws Exception {
        SimDomain guest = guest();
        guest.shutdown(ShutdownCode.SUSPEND);
        assertThat(news()).containsExactly(released(guest), PLAIN);
    }

    /** The toolstack takes the suspend event of a guest for itself; gives what it has heard so far (L-SUSP-1). */
    private int[] subscribe(SimDomain guest) throws HypervisorException, InterruptedException {
        int[] heard = {0};
        int guestPort = guest.ports().allocateUnbound(Domid.DOM0);
        EventPorts toolstack = world.host().dom0().ports();
        int port = toolstack.bindInterdomain(guest.domid(), guestPort);
        toolstack.handle(port, false, _ -> heard[0]++);
        guest.subscribeSuspend(guestPort);
        settle();
        heard[0] = 0;
        return heard;
    }

    @Test
    @DisplayName("L-T-7, 12.5: a suspend by event channel is told to the subscriber only, and resume leaves no trace")
    void suspendWithoutVirq() throws Exception {
        SimDomain guest = guest();
        int[] heard = subscribe(guest);
        guest.shutdown(ShutdownCode.SUSPEND);
        assertThat(news()).isEmpty();
        assertThat(heard).containsExactly(1);
        guest.resume();
        dom0().resume(guest.domid());
        assertThat(lateNews()).isEmpty();
    }

    @Test
    @DisplayName("L-T-7, 12.5, L-SUSP-2: the VIRQ of another domain brings a silent suspend to light")
    void suspendAndForeignVirq() throws Exception {
        SimDomain guest = guest();
        SimDomain other = guest();
        var _ = subscribe(guest);
        guest.shutdown(ShutdownCode.SUSPEND);
        assertThat(news()).isEmpty();
        other.crash();
        assertThat(news()).containsExactly(released(guest), released(other), PLAIN);
    }

    @Test
    @DisplayName("L-SCAN-13: what no VIRQ tells of is found within half a minute")
    void suspendFoundFromTimeToTime() throws Exception {
        SimDomain guest = guest();
        var _ = subscribe(guest);
        guest.shutdown(ShutdownCode.SUSPEND);
        long from = world.time().millis();
        assertThat(lateNews()).containsExactly(released(guest), PLAIN);
        assertThat(world.events().all().getLast().millis() - from)
                .isBetween(1L, Duration.ofSeconds(30).toMillis());
    }

    @Test
    @DisplayName("L-SCAN-13: a change that the hypervisor has no record of any more is found as well")
    void lostRecord() throws Exception {
        SimDomain guest = guest();
        var _ = subscribe(guest);
        guest.shutdown(ShutdownCode.SUSPEND);
        assertThat(world.host().takeChanged()).contains(guest.domid());
        assertThat(lateNews()).containsExactly(released(guest), PLAIN);
    }

    @Test
    @DisplayName("L-T-11: RELEASE, then death of the same domain: one clean-up, no second event")
    void releaseThenDeath() throws Exception {
        SimDomain guest = guest();
        String own = dom0().domainPath(guest.domid()) + "/data";
        dom0().release(guest.domid());
        assertThat(news()).containsExactly(PLAIN, released(guest));
        assertThat(dom0().exists(own)).as("S-DEATH-2").isFalse();
        assertThat(world.daemon().mapped()).as("S-DEATH-6").isEqualTo(List.of(Domid.DOM0));
        guest.destroy();
        assertThat(lateNews()).isEmpty();
        assertThat(exists(guest.domid())).isFalse();
    }
}
