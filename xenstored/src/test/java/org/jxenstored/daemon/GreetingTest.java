package org.jxenstored.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.jxenstored.daemon.CommandLineParser.Parsed;

class GreetingTest {
    private static String greeting(Map<String, String> environment, String tools) {
        Surroundings surroundings = new Surroundings(environment, 0, Path.of("/tmp"), Path.of("/"));
        DaemonConfig config = ((Parsed.Run) CommandLineParser.parse(List.of(), surroundings)).config();
        return Greeting.of(config, config.listen(), environment, tools);
    }

    @Test
    void itNamesSocketAndHypervisorAndWhatToTypeNext() {
        assertThat(greeting(Map.of(), "/opt/jx/bin"))
                .contains("/var/run/xenstored/socket")
                .contains("hypervisor: sim")
                .contains(": /opt/jx/bin/xenstore-ls -f\n");
    }

    @Test
    void clientsMustBeToldOfASocketThatWasMoved() {
        assertThat(greeting(Map.of("XENSTORED_RUNDIR", "/r"), ""))
                .contains(": XENSTORED_PATH=/r/socket xenstore-ls -f\n");
    }
}
