package org.jxenstored.protocol;

import java.util.OptionalInt;
import java.util.OptionalLong;

/** Numbers in payloads: decimal digits and nothing else (P-NUM-1 to P-NUM-3). */
public final class Numbers {
    private static final int DIGITS_THAT_FIT = 18;

    private Numbers() {}

    /** Digits only, at least one, value at most {@code max}; empty otherwise. */
    public static OptionalLong decimal(String text, long max) {
        if (text.isEmpty() || text.length() > DIGITS_THAT_FIT) {
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

    /** Digits only, at least one; what is too large counts as {@link Long#MAX_VALUE}. Empty otherwise. */
    public static OptionalLong decimalOrMax(String text) {
        boolean isLong = text.length() > DIGITS_THAT_FIT && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return isLong ? OptionalLong.of(Long.MAX_VALUE) : decimal(text, Long.MAX_VALUE);
    }

    /** As {@link #decimal} for values that fit an int. */
    public static OptionalInt decimalInt(String text, int max) {
        OptionalLong value = decimal(text, max);
        return value.isPresent() ? OptionalInt.of((int) value.getAsLong()) : OptionalInt.empty();
    }
}
