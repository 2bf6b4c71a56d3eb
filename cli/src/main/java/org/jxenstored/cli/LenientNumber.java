package org.jxenstored.cli;

/** Numbers as these tools always read them: nobody is told that he mistyped one (C-CHMOD-1). */
final class LenientNumber {
    private LenientNumber() {}

    /**
     * The decimal number at the start of the text after blanks and a sign, 0 if there is none. It is held within 64
     * bits, and of those the low 32 count.
     */
    static int parse(String text) {
        int i = 0;
        while (i < text.length() && (text.charAt(i) == ' ' || (text.charAt(i) >= '\t' && text.charAt(i) <= '\r'))) {
            i++;
        }
        boolean negative = i < text.length() && text.charAt(i) == '-';
        if (negative || (i < text.length() && text.charAt(i) == '+')) {
            i++;
        }
        long value = 0;
        for (; i < text.length() && Character.isDigit(text.charAt(i)); i++) {
            int digit = text.charAt(i) - '0';
            if (value > (Long.MAX_VALUE - digit) / 10) {
                return negative ? (int) Long.MIN_VALUE : (int) Long.MAX_VALUE;
            }
            value = value * 10 + digit;
        }
        return (int) (negative ? -value : value);
    }
}
