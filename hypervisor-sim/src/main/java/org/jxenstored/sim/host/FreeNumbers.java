package org.jxenstored.sim.host;

import java.util.BitSet;
import java.util.OptionalInt;

/** Numbers of a range, of which always the lowest free one is taken next. */
final class FreeNumbers {
    private final BitSet taken = new BitSet();
    private final int first;
    private final int last;

    /** No number below this one is free. */
    private int lowest;

    FreeNumbers(int first, int last) {
        this.first = first;
        this.last = last;
        this.lowest = first;
    }

    /** The lowest free number, which is taken from now on; empty if all are. */
    OptionalInt take() {
        lowest = taken.nextClearBit(lowest);
        if (lowest > last) {
            return OptionalInt.empty();
        }
        taken.set(lowest);
        return OptionalInt.of(lowest);
    }

    /** Takes this very number, free or not. */
    void take(int number) {
        taken.set(number);
    }

    void free(int number) {
        taken.clear(number);
        if (number >= first) {
            lowest = Math.min(lowest, number);
        }
    }
}
