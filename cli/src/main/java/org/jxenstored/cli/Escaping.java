package org.jxenstored.cli;

import org.jxenstored.protocol.Value;

/** How values are written in printable characters, on output and on the command line (C-ESC-1, C-ESC-2). */
final class Escaping {
    private Escaping() {}

    /** The value as the tools print it (C-ESC-1). */
    static String escape(Value value) {
        StringBuilder printed = new StringBuilder(value.size() + 8);
        for (int i = 0; i < value.size(); i++) {
            append(printed, value.at(i) & 0xff);
        }
        return printed.toString();
    }

    private static void append(StringBuilder printed, int c) {
        switch (c) {
            case '\t' -> printed.append("\\t");
            case '\n' -> printed.append("\\n");
            case '\r' -> printed.append("\\r");
            case '\\' -> printed.append("\\\\");
            default -> {
                if (c >= 0x20 && c < 0x7f) {
                    printed.append((char) c);
                } else if (c < 8) {
                    printed.append("\\00").append((char) ('0' + c));
                } else {
                    printed.append("\\x").append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
                }
            }
        }
    }

    /** The bytes meant by an argument of {@code xenstore-write} (C-ESC-2, C-ESC-3). */
    static Value unescape(String argument) {
        StringBuilder bytes = new StringBuilder(argument.length());
        int i = 0;
        while (i < argument.length()) {
            char c = argument.charAt(i++);
            if (c != '\\') {
                bytes.append(c);
            } else if (i == argument.length()) {
                bytes.append('\0');
            } else {
                i = unescapeOne(argument, i, bytes);
            }
        }
        return Value.of(bytes.toString());
    }

    /** Takes one escape, of which {@code from} is the first character after the backslash; gives where it ends. */
    private static int unescapeOne(String argument, int from, StringBuilder bytes) {
        char c = argument.charAt(from);
        if (isDigit(c, 8)) {
            return number(argument, from, 3, 8, bytes);
        }
        if (c == 'x' && from + 1 < argument.length() && isDigit(argument.charAt(from + 1), 16)) {
            return number(argument, from + 1, 2, 16, bytes);
        }
        bytes.append(
                switch (c) {
                    case 't' -> '\t';
                    case 'n' -> '\n';
                    case 'r' -> '\r';
                    default -> c;
                });
        return from + 1;
    }

    /** Takes up to {@code most} digits; of a number over 255 the low byte counts. */
    private static int number(String argument, int from, int most, int radix, StringBuilder bytes) {
        int end = Math.min(argument.length(), from + most);
        int value = 0;
        int i = from;
        for (; i < end && isDigit(argument.charAt(i), radix); i++) {
            value = value * radix + Character.digit(argument.charAt(i), radix);
        }
        bytes.append((char) (value & 0xff));
        return i;
    }

    private static boolean isDigit(char c, int radix) {
        return Character.digit(c, radix) >= 0;
    }
}
