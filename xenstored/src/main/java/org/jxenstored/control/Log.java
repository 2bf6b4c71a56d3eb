package org.jxenstored.control;

import java.util.List;
import java.util.function.Consumer;
import org.jxenstored.engine.Reply;
import org.jxenstored.protocol.Errno;

/** {@code log}: the trace file and what goes into it (P-CTL-3 to P-CTL-5). */
public final class Log implements ControlCommand {
    private static final int NAME_WIDTH = 8;

    private final TraceControl trace;

    public Log(TraceControl trace) {
        this.trace = trace;
    }

    @Override
    public String name() {
        return "log";
    }

    @Override
    public String usage() {
        return "[on|off|+<switch>|-<switch>]";
    }

    @Override
    public Reply run(List<String> arguments, Consumer<Reply> later) {
        if (arguments.size() > 1) {
            return Reply.failed(Errno.EINVAL);
        }
        if (arguments.isEmpty()) {
            return list();
        }
        String word = arguments.getFirst();
        boolean known = switch (word) {
            case "on" -> {
                trace.open();
                yield true;
            }
            case "off" -> {
                trace.close();
                yield true;
            }
            default -> word.length() > 1 && set(word.charAt(0), word.substring(1));
        };
        return known ? Reply.OK : Reply.failed(Errno.EINVAL);
    }

    private boolean set(char sign, String name) {
        return (sign == '+' || sign == '-') && trace.set(name, sign == '+');
    }

    private Reply list() {
        StringBuilder text = new StringBuilder("Trace switches:\n");
        for (TraceControl.Switch each : trace.switches()) {
            text.append(Columns.left(each.name(), NAME_WIDTH)).append(each.on() ? ": on\n" : ": off\n");
        }
        return Reply.text(text.toString());
    }
}
