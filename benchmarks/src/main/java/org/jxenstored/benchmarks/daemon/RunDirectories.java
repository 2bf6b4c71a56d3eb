package org.jxenstored.benchmarks.daemon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Directories that processes live in, with names short enough for sockets. */
final class RunDirectories {
    private RunDirectories() {}

    static Path make() throws IOException {
        return Files.createTempDirectory("xs-bench");
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
