package org.jxenstored.it.life;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.protocol.Domid;
import org.jxenstored.protocol.RingPage;
import org.jxenstored.sim.host.RawRing;
import org.jxenstored.sim.host.ShutdownCode;
import org.jxenstored.sim.host.SimDomain;

/** A guest that broke its ring still has a life to tell of. */
@OnEveryMachine
final class HostileGuestDeathTest extends LifeTest {
    HostileGuestDeathTest(Machine machine) {
        super(machine);
    }

    @Test
    @DisplayName("L-T-14, S-DEATH-12: a domain with a protocol error still gets its shutdown and its death reported")
    void anIgnoredGuestIsReported() throws Exception {
        SimDomain guest = guest();
        guest.rawRing().setWord(RawRing.REQUEST_PRODUCER, 5000);
        guest.signalStore();
        settle();
        assertThat(guest.ringPage().error()).isEqualTo(RingPage.ERROR_BAD_INDEX);
        assertThat(news()).isEmpty();
        guest.shutdown(ShutdownCode.POWEROFF);
        assertThat(news()).containsExactly(released(guest), PLAIN);
        guest.destroy();
        assertThat(news()).containsExactly(PLAIN, released(guest));
        assertThat(world.daemon().mapped()).isEqualTo(List.of(Domid.DOM0));
        assertThat(exists(guest.domid())).isFalse();
    }
}
