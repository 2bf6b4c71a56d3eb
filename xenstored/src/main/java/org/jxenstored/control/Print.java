package org.jxenstored.control;

import java.util.List;
import java.util.function.Consumer;
import org.jxenstored.engine.Reply;
import org.jxenstored.protocol.Errno;

/** {@code print}: a text for the log (P-CTL-8). */
public final class Print implements ControlCommand {
    private final TraceControl trace;

    public Print(TraceControl trace) {
        this.trace = trace;
    }

    @Override
    public String name() {
        return "print";
    }

    @Override
    public String usage() {
        return "<string>";
    }

    @Override
    public Reply run(List<String> arguments, Consumer<Reply> later) {
        if (arguments.size() != 1) {
            return Reply.failed(Errno.EINVAL);
        }
        trace.print(arguments.getFirst());
        return Reply.OK;
    }
}
