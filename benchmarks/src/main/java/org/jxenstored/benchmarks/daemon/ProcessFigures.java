package org.jxenstored.benchmarks.daemon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/** What Linux tells of a process. */
final class ProcessFigures {
    /** Of the unit in which Linux shows times to programs there are this many in a second, on all machines. */
    private static final long TICKS_PER_SECOND = 100;

    /** Of what stands behind the name in parentheses: field 14 of the whole line, counted from 1. */
    private static final int USER_TIME = 11;

    private ProcessFigures() {}

    /** VmRSS in bytes. */
    static long residentBytes(long pid) throws IOException {
        return status(pid, "VmRSS:") * 1024;
    }

    static int threads(long pid) throws IOException {
        return (int) status(pid, "Threads:");
    }

    private static long status(long pid, String field) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
            if (line.startsWith(field)) {
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        throw new IOException("process " + pid + " has ended");
    }

    /** How many file descriptors are open. */
    static int openFiles(long pid) throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
            return (int) open.count();
        }
    }

    /** What all its threads have used of processors, in the kernel too, to 10 ms. */
    static Duration cpuTime(long pid) throws IOException {
        String line = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
        long ticks = Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[USER_TIME + 1]);
        return Duration.ofMillis(ticks * 1000 / TICKS_PER_SECOND);
    }
}
