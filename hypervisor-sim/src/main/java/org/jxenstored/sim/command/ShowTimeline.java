package org.jxenstored.sim.command;

import java.util.List;
import java.util.OptionalInt;
import org.jxenstored.protocol.Errno;
import org.jxenstored.protocol.Limits;
import org.jxenstored.sim.dom0.Dom0;
import org.jxenstored.sim.timeline.TimelineText;
import org.jxenstored.sim.toolstack.ToolstackException;

/** {@code timeline}: what happened to all domains of a name, step by step. */
final class ShowTimeline implements Subcommand {
    private static final String FROM = "--from";

    /** Leaves room for a line before and one after the steps. */
    private static final int LENGTH_MAX = Limits.PAYLOAD_MAX - 160;

    @Override
    public String word() {
        return "timeline";
    }

    @Override
    public String arguments() {
        return "NAME [--from N]";
    }

    @Override
    public String summary() {
        return "show what happened to it; the last steps, or those from the Nth on";
    }

    @Override
    public List<String> options() {
        return List.of(FROM + "=");
    }

    @Override
    public String run(Dom0 dom0, Words words) throws ToolstackException, BadUsageException {
        String name = words.single("NAME");
        List<String> lines = TimelineText.of(dom0.host().timeline().of(name))
                .lines()
                .map(line -> line + "\n")
                .toList();
        if (lines.isEmpty()) {
            throw new ToolstackException(
                    Errno.ENOENT, "nothing is known of a domain '" + name + "', which must be a name, not an id");
        }
        OptionalInt from = words.number(FROM, 1, Integer.MAX_VALUE);
        int first = from.isPresent() ? Math.min(from.getAsInt() - 1, lines.size()) : firstOfLast(lines);
        return page(name, lines, first);
    }

    /** Index of the first line from which on everything fits. */
    private static int firstOfLast(List<String> lines) {
        int length = 0;
        int first = lines.size();
        while (first > 0 && length + lines.get(first - 1).length() <= LENGTH_MAX) {
            first--;
            length += lines.get(first).length();
        }
        return first;
    }

    private static String page(String name, List<String> lines, int first) {
        StringBuilder page = new StringBuilder();
        if (first > 0) {
            page.append("... ")
                    .append(first)
                    .append(" before: sim timeline ")
                    .append(name)
                    .append(" --from 1\n");
        }
        int next = first;
        int length = 0;
        while (next < lines.size() && length + lines.get(next).length() <= LENGTH_MAX) {
            length += lines.get(next).length();
            page.append(lines.get(next));
            next++;
        }
        if (next < lines.size()) {
            page.append("... and ")
                    .append(lines.size() - next)
                    .append(" more: sim timeline ")
                    .append(name)
                    .append(" --from ")
                    .append(next + 1)
                    .append('\n');
        }
        return page.toString();
    }
}
