package org.jxenstored.sim.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CommandLineTest {
    @Test
    void aDirectoryAloneMeansTheUsualMachine() {
        assertThat(CommandLine.parse(List.of("/run/m/../machine")))
                .isInstanceOfSatisfying(CommandLine.Run.class, run -> {
                    assertThat(run.directory()).isEqualTo(Path.of("/run/machine"));
                    assertThat(run.options().seed()).isEqualTo(1);
                    assertThat(run.options().uniqueIds()).isTrue();
                });
    }

    @Test
    void settingsAreThoseOfTheSimulatedHypervisor() {
        assertThat(CommandLine.parse(List.of("m", "seed=7", "unique-ids=off", "dom0-nodes=on", "store=stubdom")))
                .isInstanceOfSatisfying(CommandLine.Run.class, run -> {
                    assertThat(run.directory()).isAbsolute().hasFileName("m");
                    assertThat(run.options().seed()).isEqualTo(7);
                    assertThat(run.options().uniqueIds()).isFalse();
                    assertThat(run.options().dom0Nodes()).isTrue();
                    assertThat(run.options().storeInStubdom()).isTrue();
                });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''               | give a directory
            --machine        | "--machine" is no directory
            seed=1           | "seed=1" is no directory
            m seed           | "seed" is not of the form KEY=VALUE
            m seed=x         | seed=x is not a number
            m colour=red     | has no option 'colour': it knows seed=NUMBER
            """)
    void whatIsWrongIsNamed(String words, String expected) {
        List<String> arguments = words.isEmpty() ? List.of() : List.of(words.split(" "));
        assertThat(CommandLine.parse(arguments))
                .isInstanceOfSatisfying(
                        CommandLine.Refused.class,
                        refused -> assertThat(refused.message()).contains(expected));
    }

    @Test
    void helpIsGivenWhereverItIsAskedFor() {
        assertThat(CommandLine.parse(List.of("--help"))).isEqualTo(new CommandLine.Help());
        assertThat(CommandLine.parse(List.of("m", "-h"))).isEqualTo(new CommandLine.Help());
        assertThat(CommandLine.USAGE)
                .contains(
                        "seed=",
                        "unique-ids=",
                        "domid-reuse-timeout=",
                        "dom0-nodes=",
                        "store=",
                        "sim,machine=DIRECTORY");
    }
}
