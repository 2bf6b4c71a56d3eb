package org.jxenstored.engine;

/** The frame number of INTRODUCE: an optional sign and digits, 64 bit (P-INTRO-3). */
final class FrameNumber {
    private static final int DIGITS_MAX = 20;

    private FrameNumber() {}

    static boolean isLegal(String text) {
        String digits = digits(text);
        return !digits.isEmpty()
                && digits.length() <= DIGITS_MAX
                && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** The number of a legal text; what does not fit 64 bits is cut. */
    static long of(String text) {
        long number = 0;
        for (char digit : digits(text).toCharArray()) {
            number = number * 10 + (digit - '0');
        }
        return text.startsWith("-") ? -number : number;
    }

    private static String digits(String text) {
        return text.startsWith("-") || text.startsWith("+") ? text.substring(1) : text;
    }
}
