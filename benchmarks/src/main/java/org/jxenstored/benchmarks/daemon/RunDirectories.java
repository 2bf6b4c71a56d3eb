package org.jxenstored.benchmarks.daemon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Directories that processes live in, with names short enough for sockets. They are in memory where they can be, as
 * {@code /run} is on a host: what a daemon writes there is not to be measured with a disk's file system below it.
 */
final class RunDirectories {
    private static final Path IN_MEMORY = Path.of("/dev/shm");
    private static final String PREFIX = "xs-bench";

    private RunDirectories() {}

    static Path make() throws IOException {
        return Files.isDirectory(IN_MEMORY) && Files.isWritable(IN_MEMORY)
                ? Files.createTempDirectory(IN_MEMORY, PREFIX)
                : Files.createTempDirectory(PREFIX);
    }

    /** Removes it with all that is in it. */
    static void remove(Path directory) throws IOException {
        List<Path> all;
        try (Stream<Path> found = Files.walk(directory)) {
            all = found.sorted(Comparator.reverseOrder()).toList();
        } catch (NoSuchFileException gone) {
            return;
        }
        for (Path each : all) {
            Files.deleteIfExists(each);
        }
    }
}
