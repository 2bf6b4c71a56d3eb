package org.jxenstored.benchmarks.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers as the tables show them: three digits or more, thousands apart, {@code -} where there is none. */
final class Numbers {
    static final String NONE = "-";

    private Numbers() {}

    /** A figure without its unit. */
    static String figure(Figure figure, double value) {
        if (figure == Figure.COUNT && value == Math.rint(value)) {
            return decimal(value, 0, RoundingMode.HALF_UP);
        }
        return number(value);
    }

    /** A figure with its unit, as in {@code 81,234/s} and {@code 24.1 us}. */
    static String withUnit(Figure figure, double value) {
        String number = figure(figure, value);
        return number.equals(NONE) ? NONE : number + unit(figure);
    }

    static String unit(Figure figure) {
        return switch (figure) {
            case OPERATIONS_PER_SECOND, FACTOR, COUNT -> figure.unit();
            case MICROSECONDS, MILLISECONDS, MEBIBYTES -> " " + figure.unit();
        };
    }

    static String number(double value) {
        return decimal(value, decimals(value), RoundingMode.HALF_UP);
    }

    /** Rounded down, so that a ratio short of a goal never reads as the goal. */
    static String ratio(double value) {
        if (Double.isInfinite(value)) {
            return "all";
        }
        String number = decimal(value, decimals(value), RoundingMode.DOWN);
        return number.equals(NONE) ? NONE : number + "x";
    }

    /** Rounded up and with one digit more, so that a figure above a limit never reads as the limit. */
    static String above(Figure figure, double value) {
        return decimal(value, decimals(value) + 1, RoundingMode.UP) + unit(figure);
    }

    static String percent(double share) {
        return Double.isFinite(share) ? decimal(share * 100, 0, RoundingMode.DOWN) + " %" : NONE;
    }

    private static int decimals(double value) {
        double size = Math.abs(value);
        return size == 0 || size >= 100 ? 0 : size >= 10 ? 1 : 2;
    }

    private static String decimal(double value, int decimals, RoundingMode rounding) {
        if (!Double.isFinite(value)) {
            return NONE;
        }
        return String.format(
                Locale.ROOT, "%,." + decimals + "f", BigDecimal.valueOf(value).setScale(decimals, rounding));
    }
}
