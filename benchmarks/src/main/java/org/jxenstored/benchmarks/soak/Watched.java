package org.jxenstored.benchmarks.soak;

import java.util.Locale;

/** A figure that must not rise, and by how much a minute it may seem to, since no measurement is exact. */
enum Watched {
    /** A leak of one small object for each guest or connection is many times this bound. */
    HEAP("heap after a full collection", "KiB", 1024, 64),
    /** Of this the JVM takes more and gives it back as it likes, so only a steady rise is told from noise. */
    RESIDENT("resident memory", "KiB", 1024, 1024),
    OPEN_FILES("file descriptors", "", 1, 0.1),
    THREADS("threads", "", 1, 0.1);

    /** So many standard errors are hardly ever chance. */
    private static final int ERRORS = 3;

    private final String title;
    private final String unit;
    private final double size;
    private final double bound;

    /**
     * @param unit as it is shown
     * @param size of the unit, in what the samples count
     * @param bound units a minute
     */
    Watched(String title, String unit, double size, double bound) {
        this.title = title;
        this.unit = unit;
        this.size = size;
        this.bound = bound;
    }

    String title() {
        return title;
    }

    /** As the sample counts it. */
    double in(Sample sample) {
        return switch (this) {
            case HEAP -> sample.heapBytes();
            case RESIDENT -> sample.residentBytes();
            case OPEN_FILES -> sample.openFiles();
            case THREADS -> sample.threads();
        };
    }

    /**
     * True if the figure rises by no more than the bound, or by no more than noise explains, which is much in a short run.
     * One that falls is as good as one that stays.
     */
    boolean isFlat(Trend trend) {
        return trend.perMinute() / size <= bound || trend.perMinute() <= ERRORS * trend.error();
    }

    /** As in {@code +12.30 KiB a minute (+-4.56), bound 64}. */
    String shown(Trend trend) {
        String named = unit.isEmpty() ? "" : " " + unit;
        return String.format(
                Locale.ROOT,
                "%+.2f%s a minute (+-%.2f), bound %s",
                trend.perMinute() / size,
                named,
                trend.error() / size,
                shownBound());
    }

    private String shownBound() {
        return bound == Math.rint(bound) ? Long.toString((long) bound) : Double.toString(bound);
    }
}
