package org.jxenstored.sim.command;

import java.util.List;
import java.util.OptionalInt;
import org.jxenstored.protocol.Errno;
import org.jxenstored.sim.dom0.Dom0;
import org.jxenstored.sim.timeline.Happening;
import org.jxenstored.sim.timeline.SequenceDiagram;
import org.jxenstored.sim.timeline.Timeline;
import org.jxenstored.sim.timeline.TimelineText;
import org.jxenstored.sim.toolstack.ToolstackException;

/** {@code timeline}: what happened to all domains of some names, step by step, as text or as a diagram. */
final class ShowTimeline implements Subcommand {
    private static final String MERMAID = "--mermaid";

    @Override
    public String word() {
        return "timeline";
    }

    @Override
    public String arguments() {
        return "[NAME...] [--mermaid] [--from LINE]";
    }

    @Override
    public String summary() {
        return "show what happened to it, or to all: the last lines, or those from LINE on; --mermaid: a diagram";
    }

    @Override
    public List<String> options() {
        return List.of(Pages.FROM + "=", MERMAID);
    }

    @Override
    public String run(Dom0 dom0, Words words) throws ToolstackException, BadUsageException {
        OptionalInt from = words.number(Pages.FROM, 1, Integer.MAX_VALUE);
        List<Happening> steps = steps(dom0.host().timeline(), words.operands());
        String asked = String.join(" ", words.operands());
        String command = asked.isEmpty() ? "sim timeline" : "sim timeline " + asked;
        if (words.has(MERMAID)) {
            List<String> lines = SequenceDiagram.of("", steps).lines().toList();
            return new Pages(command + " " + MERMAID, "%% ").from(from.orElse(1), lines);
        }
        List<String> lines = TimelineText.of(steps).lines().toList();
        Pages pages = new Pages(command, "... ");
        return from.isPresent() ? pages.from(from.getAsInt(), lines) : pages.last(lines);
    }

    private static List<Happening> steps(Timeline timeline, List<String> names) throws ToolstackException {
        if (names.isEmpty()) {
            return timeline.all();
        }
        for (String name : names) {
            if (timeline.of(name).isEmpty()) {
                throw new ToolstackException(
                        Errno.ENOENT, "nothing is known of a domain '" + name + "', which must be a name, not an id");
            }
        }
        return timeline.of(names);
    }
}
