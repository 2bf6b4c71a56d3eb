package org.jxenstored.benchmarks.hostile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the daemon's collector wrote of its work: how much was left each time, and how long all stood still. The daemon is not
 * disturbed by it.
 */
final class GcLog {
    private static final Pattern PAUSE = Pattern.compile("Pause (\\w+).* (\\d+)M->(\\d+)M\\((\\d+)M\\) ([\\d.]+)ms");

    private final Path file;

    GcLog(Path file) {
        this.file = file;
    }

    /**
     * What stood in a part of the log.
     *
     * @param young how many collections of the young generation
     * @param full how many of all
     * @param longestMillis the longest pause
     * @param totalMillis all pauses
     * @param peakLeft the most that a collection left, bytes: what lives, and what a young one did not look at
     * @param peakLive the most that a full one left, bytes
     */
    record Summary(int young, int full, double longestMillis, double totalMillis, long peakLeft, long peakLive) {}

    /** How long it is now, for {@link #since}. */
    int length() throws IOException {
        return text().length();
    }

    Summary since(int from) throws IOException {
        return read(text().substring(from));
    }

    private String text() throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }

    static Summary read(String log) {
        int young = 0;
        int full = 0;
        double longest = 0;
        double total = 0;
        long left = 0;
        long live = 0;
        Matcher pauses = PAUSE.matcher(log);
        while (pauses.find()) {
            boolean isFull = pauses.group(1).equals("Full");
            long after = Long.parseLong(pauses.group(3)) << 20;
            double millis = Double.parseDouble(pauses.group(5));
            full += isFull ? 1 : 0;
            young += isFull ? 0 : 1;
            longest = Math.max(longest, millis);
            total += millis;
            left = Math.max(left, after);
            live = isFull ? Math.max(live, after) : live;
        }
        return new Summary(young, full, longest, total, left, live);
    }
}
