package org.jxenstored.benchmarks.differential;

/** Payloads as people read them: what is not printable ASCII is {@code \xHH}, and runs of 40 or more {@code \{C*N}}. */
final class Escape {
    private static final int LONG_RUN = 40;

    private Escape() {}

    static String shown(String payload) {
        StringBuilder text = new StringBuilder(payload.length() + 2).append('"');
        for (int i = 0; i < payload.length(); ) {
            char c = payload.charAt(i);
            int end = i;
            while (end < payload.length() && payload.charAt(end) == c) {
                end++;
            }
            if (end - i >= LONG_RUN) {
                text.append("\\{").append(one(c)).append('*').append(end - i).append('}');
                i = end;
            } else {
                text.append(one(c));
                i++;
            }
        }
        return text.append('"').toString();
    }

    private static String one(char c) {
        if (c == 0) {
            return "\\0";
        }
        return c >= ' ' && c <= '~' && c != '\\' && c != '"' ? String.valueOf(c) : "\\x%02x".formatted((int) c);
    }

    /** What {@link #shown} made of a payload, back. */
    static String read(String text) {
        if (text.length() < 2 || text.charAt(0) != '"' || text.charAt(text.length() - 1) != '"') {
            throw new IllegalArgumentException("a payload stands in quotation marks: " + text);
        }
        StringBuilder payload = new StringBuilder();
        int i = 1;
        while (i < text.length() - 1) {
            if (text.startsWith("\\{", i)) {
                int end = text.indexOf('}', i);
                int star = text.lastIndexOf('*', end);
                String c = read('"' + text.substring(i + 2, star) + '"');
                payload.append(c.repeat(Integer.parseInt(text.substring(star + 1, end))));
                i = end + 1;
            } else if (text.startsWith("\\0", i)) {
                payload.append('\0');
                i += 2;
            } else if (text.startsWith("\\x", i)) {
                payload.append((char) Integer.parseInt(text.substring(i + 2, i + 4), 16));
                i += 4;
            } else {
                payload.append(text.charAt(i));
                i++;
            }
        }
        return payload.toString();
    }
}
