package org.jxenstored.protocol;

import java.util.OptionalInt;
import java.util.OptionalLong;

/** Numbers in payloads: decimal digits and nothing else (P-NUM-1 to P-NUM-3). */
public final class Numbers {
    private Numbers() {}

    /** Digits only, at least one, value at most {@code max}; empty otherwise. */
    public static OptionalLong decimal(String text, long max) {
        if (text.isEmpty() || text.length() > 18) {
            return OptionalLong.empty();
        }
        long value = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return OptionalLong.empty();
            }
            value = value * 10 + digit;
        }
        return value <= max ? OptionalLong.of(value) : OptionalLong.empty();
    }

    /** As {@link #decimal} for values that fit an int. */
    public static OptionalInt decimalInt(String text, int max) {
        OptionalLong value = decimal(text, max);
        return value.isPresent() ? OptionalInt.of((int) value.getAsLong()) : OptionalInt.empty();
    }
}
