package org.jxenstored.it.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The caches the build makes so that the daemon and the tools start fast. */
class StartUpCacheIT {
    private static final Path BIN = Path.of("../bin").toAbsolutePath().normalize();

    private static String loggedAtStart(String program) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(BIN.resolve(program).toString(), "--help").redirectErrorStream(true);
        builder.environment().put("JDK_JAVA_OPTIONS", "-Xlog:aot+codecache*=info:stdout");
        Process process = builder.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        process.waitFor();
        return said;
    }

    /** The JVM would run it without a look at what this processor can do, and die of SIGILL. */
    @ParameterizedTest
    @ValueSource(strings = {"xenstored", "xenstore-ls"})
    @DisplayName("hold no machine code, so an image runs on an older processor than that of the machine it was made on")
    void holdNoMachineCode(String program) throws Exception {
        assumeThat(BIN.toString()).as("launchers use no cache there").doesNotContain(" ");
        assertThat(loggedAtStart(program)).contains("AOT Code Cache is empty").doesNotContain("AOT code entries");
    }
}
