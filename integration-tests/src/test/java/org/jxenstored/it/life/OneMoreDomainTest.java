package org.jxenstored.it.life;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.jxenstored.sim.host.SimDomain;

/**
 * What a domain costs when there are others, in steps of virtual time: each is one turn of somebody. Milliseconds are
 * measured by benchmarks/many-domains.
 */
@ParameterizedClass(name = "{0}")
@EnumSource(value = Machine.class, names = "XEN")
final class OneMoreDomainTest extends ToolstackLifeTest {
    private int created;

    OneMoreDomainTest(Machine machine) {
        super(machine);
    }

    @Test
    @DisplayName("one more domain takes as many steps among 300 others as among 30")
    void oneMoreCostsTheSame() throws Exception {
        fillUpTo(30);
        long amongFew = stepsOfOneMore("few");
        fillUpTo(300);
        long amongMany = stepsOfOneMore("many");
        assertThat(amongMany).isBetween(amongFew / 2, amongFew * 5 / 4);
    }

    private void fillUpTo(int domains) throws Exception {
        for (; created < domains; created++) {
            var _ = run(withDevices("guest" + created));
            world.time().pass(Duration.ofMillis(20));
        }
        // Credits for writes are back, and the last devices have connected.
        world.time().pass(Duration.ofMinutes(5));
    }

    private long stepsOfOneMore(String name) throws Exception {
        long before = world.time().steps();
        SimDomain domain = run(withDevices(name));
        world.time()
                .until(
                        () -> home(domain, "device/vif/0/state").equals(Optional.of("4"))
                                && home(domain, "device/vbd/0/state").equals(Optional.of("4")),
                        Duration.ofMinutes(1));
        toolstack().destroy(domain);
        untilGone(domain);
        return world.time().steps() - before;
    }
}
