package org.jxenstored.control;

/** Texts in columns of a fixed width; longer ones stay whole. */
final class Columns {
    private Columns() {}

    static String left(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    static String right(long number, int width) {
        String text = Long.toString(number);
        return " ".repeat(Math.max(0, width - text.length())) + text;
    }
}
