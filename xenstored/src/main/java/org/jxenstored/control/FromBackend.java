package org.jxenstored.control;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.jxenstored.engine.EngineTrace;
import org.jxenstored.engine.Reply;
import org.jxenstored.hypervisor.BackendCommand;
import org.jxenstored.protocol.Errno;

/** A command that the hypervisor's backend contributes; it answers when it is done. */
public final class FromBackend implements ControlCommand {
    /** Runs work on the thread of the engine, soon. */
    @FunctionalInterface
    public interface EngineThread {
        void run(Runnable work);
    }

    private final BackendCommand command;
    private final EngineThread engineThread;
    private final EngineTrace trace;

    public FromBackend(BackendCommand command, EngineThread engineThread, EngineTrace trace) {
        this.command = command;
        this.engineThread = engineThread;
        this.trace = trace;
    }

    @Override
    public String name() {
        return command.name();
    }

    @Override
    public String usage() {
        return command.usage();
    }

    @Override
    public Reply run(List<String> arguments, Consumer<Reply> later) {
        var _ = command.run(List.copyOf(arguments))
                .whenComplete((result, defect) -> engineThread.run(() -> later.accept(reply(result, defect))));
        return new Reply.Later();
    }

    private Reply reply(BackendCommand.@Nullable Result result, @Nullable Throwable defect) {
        return switch (result) {
            // The tools end the text with a newline of their own.
            case BackendCommand.Result.Text(String text) -> Reply.text(text.stripTrailing());
            case BackendCommand.Result.Failed(Errno errno, String reason) -> {
                trace.warn("CONTROL " + command.name() + " answers " + errno + ": " + reason);
                yield Reply.failed(errno);
            }
            case null -> {
                if (defect != null) {
                    trace.defect("running CONTROL " + command.name(), defect);
                }
                yield Reply.failed(Errno.EIO);
            }
        };
    }
}
