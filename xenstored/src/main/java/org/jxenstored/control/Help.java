package org.jxenstored.control;

import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.jxenstored.engine.Reply;
import org.jxenstored.protocol.Errno;

/** {@code help}: one line for each command (P-CTL-15). */
final class Help implements ControlCommand {
    private static final int NAME_WIDTH = 15;

    private final Collection<ControlCommand> commands;

    Help(Collection<ControlCommand> commands) {
        this.commands = commands;
    }

    @Override
    public String name() {
        return "help";
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
        StringBuilder text = new StringBuilder();
        for (ControlCommand command : commands) {
            text.append(Columns.left(command.name(), NAME_WIDTH))
                    .append(' ')
                    .append(command.usage())
                    .append('\n');
        }
        return Reply.text(text.toString());
    }
}
