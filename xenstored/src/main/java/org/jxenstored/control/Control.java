package org.jxenstored.control;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.jxenstored.engine.Call;
import org.jxenstored.engine.Operation;
import org.jxenstored.engine.Reply;
import org.jxenstored.protocol.Errno;

/** Finds the command and runs it (P-CTL-1). */
public final class Control implements Operation {
    private final Map<String, ControlCommand> commands = new LinkedHashMap<>();

    /** @param commands all but {@code help}, which is added and lists them */
    public Control(List<ControlCommand> commands) {
        commands.forEach(this::add);
        add(new Help(this.commands.values()));
    }

    private void add(ControlCommand command) {
        commands.put(command.name(), command);
    }

    @Override
    public Reply run(Call call) {
        List<String> words = call.arguments();
        @Nullable ControlCommand command = words.isEmpty() ? null : commands.get(words.getFirst());
        return command == null ? Reply.failed(Errno.EINVAL) : command.run(words.subList(1, words.size()), call.later());
    }
}
