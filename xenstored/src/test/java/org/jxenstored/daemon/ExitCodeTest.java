package org.jxenstored.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.jxenstored.daemon.CommandLineParser.Parsed;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.hypervisor.Obstacle;

class ExitCodeTest {
    @Test
    void everyObstacleHasANumberOfItsOwn() {
        List<Integer> numbers = Arrays.stream(Obstacle.values())
                .map(obstacle -> ExitCode.of(obstacle).number())
                .toList();

        assertThat(numbers).doesNotHaveDuplicates().doesNotContain(0, 2);
    }

    @Test
    void aStartThatTheHypervisorStopsEndsWithTheNumberOfItsObstacle() {
        StartException refusal = new StartException(
                "--hypervisor xen", new HypervisorException(Obstacle.NO_RIGHTS, "only root may open /dev/xen/evtchn"));

        assertThat(refusal).hasMessage("--hypervisor xen: only root may open /dev/xen/evtchn");
        assertThat(refusal.exitCode()).isEqualTo(ExitCode.NO_RIGHTS);
    }

    @Test
    void anyOtherFailureIsOne() {
        assertThat(new StartException("the directory is not ours").exitCode().number())
                .isEqualTo(1);
    }

    @Test
    void theHelpNamesThemAll() {
        Surroundings surroundings = Surroundings.current();
        String help = ((Parsed.Help) CommandLineParser.parse(List.of("--help"), surroundings)).text();

        for (ExitCode code : ExitCode.values()) {
            assertThat(help.lines()).contains("  " + code.number() + "    " + code.meaning());
        }
    }
}
