package org.jxenstored.it.life;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jxenstored.sim.host.ShutdownCode;
import org.jxenstored.sim.host.SimDomain;
import org.jxenstored.sim.timeline.Happening;
import org.jxenstored.sim.timeline.Party;

/** What happens on a machine in virtual time can be repeated exactly. */
final class SameStepsTest {
    private record Run(long steps, long hash, List<SpecialEvents.Event> events, List<Happening> happenings) {}

    /** The short life of a guest with three programs. */
    private static final class Story extends LifeTest {
        private Story(Machine machine) {
            super(machine);
        }

        private Run play() throws Exception {
            world.run(this::live);
            world.close();
            return new Run(
                    world.time().steps(),
                    world.time().hash(),
                    world.events().all(),
                    world.host().timeline().all());
        }

        private void live() throws Exception {
            SimDomain guest = guest();
            var store = store(guest);
            for (String name : List.of("a", "b", "c")) {
                dom0().write("/" + name, "");
                world.time().start(name, () -> {
                    for (int round = 0; round < 10; round++) {
                        store.write("data", name + round);
                        store.readIfPresent("data");
                    }
                });
            }
            world.time().pass(Duration.ofMinutes(5));
            guest.shutdown(ShutdownCode.POWEROFF);
            world.host().timeline().note(guest.uniqueId(), Party.XEN, Party.XENSTORED, "VIRQ_DOM_EXC");
            world.time().pass(Duration.ofHours(1));
            guest.destroy();
            settle();
        }
    }

    @ParameterizedTest
    @EnumSource(Machine.class)
    void theSameLifeOnTheSameMachineTakesTheVerySameSteps(Machine machine) throws Exception {
        Run once = new Story(machine).play();
        assertThat(once.events()).hasSize(6);
        assertThat(new Story(machine).play()).isEqualTo(once);
    }
}
