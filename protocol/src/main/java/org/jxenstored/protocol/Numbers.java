package org.jxenstored.protocol;

import java.util.OptionalInt;
import java.util.OptionalLong;

/** Numbers in payloads: decimal digits and nothing else (P-NUM-1 to P-NUM-3). */
public final class Numbers {
    private Numbers() {}

    /**
     * Digits only, at least one, value at most {@code max}; empty otherwise. Zeros may lead, any number of them.
     *
     * @param max at least 0
     */
    public static OptionalLong decimal(String text, long max) {
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        long value = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9 || value > Math.floorDiv(max - digit, 10L)) {
                return OptionalLong.empty();
            }
            value = value * 10 + digit;
        }
        return OptionalLong.of(value);
    }

    /** Digits only, at least one; what is too large counts as {@link Long#MAX_VALUE}. Empty otherwise. */
    public static OptionalLong decimalOrMax(String text) {
        OptionalLong value = decimal(text, Long.MAX_VALUE);
        boolean isTooLarge = value.isEmpty() && !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return isTooLarge ? OptionalLong.of(Long.MAX_VALUE) : value;
    }

    /** As {@link #decimal} for values that fit an int. */
    public static OptionalInt decimalInt(String text, int max) {
        OptionalLong value = decimal(text, max);
        return value.isPresent() ? OptionalInt.of((int) value.getAsLong()) : OptionalInt.empty();
    }
}
