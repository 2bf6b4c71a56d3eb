package org.jxenstored.benchmarks.daemon;

import java.util.List;
import java.util.OptionalInt;

/**
 * Keeping a process on one processor.
 *
 * @param cpu the processor; empty for all
 */
public record Pinning(OptionalInt cpu) {
    /** What goes before a command. */
    static List<String> prefix(OptionalInt cpu) {
        return new Pinning(cpu).prefix();
    }

    /** The processor as a word; an empty one for all. */
    static String word(OptionalInt cpu) {
        return cpu.isPresent() ? Integer.toString(cpu.getAsInt()) : "";
    }

    /** What goes before a command. */
    public List<String> prefix() {
        return cpu.isPresent() ? List.of("taskset", "-c", word(cpu)) : List.of();
    }
}
