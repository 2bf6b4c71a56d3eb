package org.jxenstored.benchmarks.soak;

import java.util.List;

/**
 * Whether the daemon stayed as it was.
 *
 * @param flat true if every figure did
 * @param lines one for each figure, for people
 */
record Verdict(boolean flat, List<String> lines) {
    /** Fewer make no line. */
    private static final int SAMPLES_MIN = 3;

    Verdict {
        lines = List.copyOf(lines);
    }

    /**
     * Judges the samples from this minute on; before it a daemon still fills its caches and compiles itself.
     *
     * @param from where the line that is fitted begins
     */
    static Verdict of(List<Sample> samples, double from) {
        List<Sample> settled =
                samples.stream().filter(sample -> sample.minute() >= from).toList();
        if (settled.size() < SAMPLES_MIN) {
            return new Verdict(
                    false, List.of("no verdict: only " + settled.size() + " samples from minute " + from + " on"));
        }
        List<Watched> rising = List.of(Watched.values()).stream()
                .filter(each -> !each.isFlat(Trend.of(settled, each::in)))
                .toList();
        List<String> lines = List.of(Watched.values()).stream()
                .map(each -> (rising.contains(each) ? "RISES  " : "flat   ") + each.title() + ": "
                        + each.shown(Trend.of(settled, each::in)))
                .toList();
        return new Verdict(rising.isEmpty(), lines);
    }
}
