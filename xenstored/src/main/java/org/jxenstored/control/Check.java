package org.jxenstored.control;

import java.util.List;
import java.util.function.Consumer;
import org.jxenstored.engine.ConsistencyCheck;
import org.jxenstored.engine.Engine;
import org.jxenstored.engine.Reply;
import org.jxenstored.protocol.Errno;

/** {@code check}: compares what is derived with what it is derived from, and corrects it (P-CTL-2, S-CHECK-1). */
public final class Check implements ControlCommand {
    private final Engine engine;

    public Check(Engine engine) {
        this.engine = engine;
    }

    @Override
    public String name() {
        return "check";
    }

    @Override
    public String usage() {
        return "<no args>";
    }

    @Override
    public Reply run(List<String> arguments, Consumer<Reply> later) {
        if (!arguments.isEmpty()) {
            return Reply.failed(Errno.EINVAL);
        }
        new ConsistencyCheck(engine).repair().forEach(engine.trace()::warn);
        return Reply.OK;
    }
}
