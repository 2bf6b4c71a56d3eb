package org.jxenstored.sim.command;

import java.util.List;
import org.jxenstored.protocol.Limits;

/**
 * Long texts, a page at a time: a CONTROL reply has at most 4096 bytes.
 *
 * @param command what asks for more, as typed after {@code xenstore-control}
 * @param mark what a line starts with that is not part of the text
 */
record Pages(String command, String mark) {
    /** Longest line before or after the text, without the command. */
    private static final int FRAME_MAX = 64;

    /** The option by which users ask for a page. */
    static final String FROM = "--from";

    private int room() {
        return Limits.PAYLOAD_MAX - 2 * (FRAME_MAX + command.length());
    }

    /** As many lines as fit, from this one on, which is counted from 1. */
    String from(int line, List<String> lines) {
        int first = Math.min(line - 1, lines.size());
        int next = first;
        int length = 0;
        while (next < lines.size() && length + lines.get(next).length() < room()) {
            length += lines.get(next).length() + 1;
            next++;
        }
        StringBuilder page = new StringBuilder();
        if (first > 0) {
            page.append(mark).append(first).append(" lines before: ").append(ask(1));
        }
        lines.subList(first, next).forEach(each -> page.append(each).append('\n'));
        if (next < lines.size()) {
            page.append(mark)
                    .append(lines.size() - next)
                    .append(" lines more: ")
                    .append(ask(next + 1));
        }
        return page.toString();
    }

    /** As many of the last lines as fit. */
    String last(List<String> lines) {
        int length = 0;
        int first = lines.size();
        while (first > 0 && length + lines.get(first - 1).length() < room()) {
            first--;
            length += lines.get(first).length() + 1;
        }
        return from(first + 1, lines);
    }

    private String ask(int line) {
        return command + " " + FROM + " " + line + "\n";
    }
}
