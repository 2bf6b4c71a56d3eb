package org.jxenstored.benchmarks.daemon;

import java.util.List;
import java.util.OptionalInt;

/** Keeping a process on one processor. */
final class Pinning {
    private Pinning() {}

    /** What goes before a command. */
    static List<String> prefix(OptionalInt cpu) {
        return cpu.isPresent() ? List.of("taskset", "-c", word(cpu)) : List.of();
    }

    /** The processor as a word; an empty one for all. */
    static String word(OptionalInt cpu) {
        return cpu.isPresent() ? Integer.toString(cpu.getAsInt()) : "";
    }
}
