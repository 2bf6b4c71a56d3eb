package org.jxenstored.control;

import java.util.List;
import java.util.function.Consumer;
import org.jxenstored.engine.Reply;
import org.jxenstored.protocol.Errno;

/** {@code logfile}: traces into another file (P-CTL-6). */
public final class LogFile implements ControlCommand {
    private final TraceControl trace;

    public LogFile(TraceControl trace) {
        this.trace = trace;
    }

    @Override
    public String name() {
        return "logfile";
    }

    @Override
    public String usage() {
        return "<file>";
    }

    @Override
    public Reply run(List<String> arguments, Consumer<Reply> later) {
        if (arguments.size() != 1 || arguments.getFirst().isEmpty()) {
            return Reply.failed(Errno.EINVAL);
        }
        return trace.use(arguments.getFirst()) ? Reply.OK : Reply.failed(Errno.EINVAL);
    }
}
