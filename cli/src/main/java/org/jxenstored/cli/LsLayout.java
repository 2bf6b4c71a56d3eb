package org.jxenstored.cli;

import java.util.Optional;
import org.jxenstored.protocol.Value;

/**
 * How {@code xenstore-ls} prints one node (C-LS-1 to C-LS-4).
 *
 * @param flat full paths without indent
 * @param permissions show permissions
 * @param width columns to stay within; below 0 nothing is cut. A little more is used when a value is cut (C-LS-3)
 */
record LsLayout(boolean flat, boolean permissions, int width) {
    /** The columns of {@code " = "}, the quotes and what marks a cut. */
    private static final int SURROUNDINGS = 8;

    /** Dots lead the eye up to this column, permissions follow. */
    private static final int DOTS_END = 60;

    private static final int DEFAULT_WIDTH = 80;

    /** The layout where stdout is no terminal. */
    static LsLayout plain(boolean flat, boolean permissions) {
        return new LsLayout(flat, permissions, flat ? -1 : DEFAULT_WIDTH);
    }

    /** The layout for a terminal of that many columns. */
    static LsLayout terminal(boolean flat, boolean permissions, int columns) {
        return new LsLayout(flat, permissions, columns - 2);
    }

    /**
     * The entry of one node, with its newline.
     *
     * @param name leaf name, or path in a flat layout
     * @param depth 0 for direct children of what was asked for
     * @param value empty if it cannot be read
     * @param permissionList such as {@code n0,r1}; empty if unknown or not asked for
     */
    String entry(String name, int depth, Optional<Value> value, Optional<String> permissionList) {
        StringBuilder line = new StringBuilder(128);
        int indent = flat ? 0 : depth;
        line.repeat(' ', indent);
        // As in C's printf, a negative limit is no limit: on a very narrow terminal nothing is cut.
        int room = width < 0 ? -1 : width - SURROUNDINGS - indent;
        String shownName = flat ? name : cut(name, room);
        line.append(shownName);
        if (value.isEmpty()) {
            line.append(":\n");
        } else {
            appendValue(line, value.get(), room, flat ? 0 : shownName.length());
        }
        if (permissionList.isPresent()) {
            line.append("  (").append(permissionList.get()).append(')');
        }
        return line.append('\n').toString();
    }

    private void appendValue(StringBuilder line, Value value, int room, int nameLength) {
        String escaped = Escaping.escape(value);
        line.append(" = \"");
        // Whether it fits depends on the value's own length, where it is cut on the escaped one's.
        if (width < 0 || (flat ? 0 : line.length() - 4) + value.size() + SURROUNDINGS <= width) {
            line.append(escaped).append('"');
            if (permissions) {
                appendDots(line);
            }
        } else {
            line.append(cut(escaped, room - nameLength)).append("\\...\"");
        }
    }

    private void appendDots(StringBuilder line) {
        line.append(' ');
        if (!flat) {
            while (line.length() < Math.min(DOTS_END, width)) {
                line.append(line.length() % 2 == 1 ? '.' : ' ');
            }
        }
    }

    private static String cut(String text, int most) {
        return most < 0 || text.length() <= most ? text : text.substring(0, most);
    }
}
