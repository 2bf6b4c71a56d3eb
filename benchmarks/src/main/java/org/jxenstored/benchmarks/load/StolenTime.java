package org.jxenstored.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Processor time that this machine had work for and did not get, as its own host gave it to others: the "steal" of
 * {@code /proc/stat}. Waits that are measured while there is much of it say more of the neighbours than of us.
 */
public final class StolenTime {
    private static final Path STAT = Path.of("/proc/stat");

    /** In the first line, behind its name. */
    private static final int STEAL = 8;

    /** The kernel counts in hundredths of a second here, whatever its own clock does. */
    private static final long MILLIS_PER_TICK = 10;

    private StolenTime() {}

    /** Of all processors since the machine began; none if the kernel does not say. */
    public static Duration total() throws IOException {
        try (var lines = Files.lines(STAT)) {
            List<String> words = Pattern.compile(" +")
                    .splitAsStream(lines.findFirst().orElse(""))
                    .toList();
            return words.size() > STEAL
                    ? Duration.ofMillis(Long.parseLong(words.get(STEAL)) * MILLIS_PER_TICK)
                    : Duration.ZERO;
        }
    }
}
