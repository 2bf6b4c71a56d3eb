package org.jxenstored.sim.command;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jxenstored.client.RequestFailedException;
import org.jxenstored.client.XenstoreException;
import org.jxenstored.hypervisor.BackendCommand;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.protocol.Errno;
import org.jxenstored.sim.dom0.Dom0;
import org.jxenstored.sim.toolstack.ToolstackException;

/**
 * The command {@code sim}, which plays {@code xl} on a simulated machine.
 *
 * <p>Each command is a program of its own in dom0, a client of the daemon like any other, so neither the daemon nor
 * another command waits for it. {@code sim error} tells why the last one was refused.
 */
public final class SimCommand implements BackendCommand {
    public static final String NAME = "sim";

    /** Its arguments, for the daemon's help. */
    public static final String USAGE = "create|list|shutdown|reboot|... : 'sim help' lists all";

    private static final String ERROR = "error";
    private static final String HELP = "help";

    private final Dom0 dom0;
    private final Failures failures = new Failures();

    public SimCommand(Dom0 dom0) {
        this.dom0 = dom0;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String usage() {
        return USAGE;
    }

    @Override
    public CompletionStage<Result> run(List<String> arguments) {
        List<String> words = List.copyOf(arguments);
        CompletableFuture<Result> result = new CompletableFuture<>();
        var _ = dom0.host().time().start("sim-command", () -> {
            try {
                result.complete(answer(words));
            } catch (RuntimeException | Error defect) {
                result.completeExceptionally(defect);
            }
        });
        return result;
    }

    private Result answer(List<String> words) {
        String first = words.isEmpty() ? HELP : words.getFirst();
        List<String> rest = words.isEmpty() ? List.of() : words.subList(1, words.size());
        return switch (first) {
            case HELP -> new Result.Text(help());
            case ERROR -> new Result.Text(reason(rest));
            default -> attempt(words, first, rest);
        };
    }

    private Result attempt(List<String> words, String first, List<String> rest) {
        try {
            return new Result.Text(execute(first, rest));
        } catch (ToolstackException refusal) {
            return refused(words, refusal.errno(), refusal);
        } catch (HypervisorException refusal) {
            return refused(words, refusal.errno(), refusal);
        } catch (RequestFailedException refusal) {
            return refused(words, refusal.errno(), refusal);
        } catch (XenstoreException lost) {
            return refused(words, Errno.EIO, lost);
        }
    }

    private String execute(String first, List<String> rest) throws ToolstackException, HypervisorException {
        Subcommand subcommand = Subcommands.of(first)
                .orElseThrow(() -> new ToolstackException(
                        Errno.ENOSYS, "there is no 'sim " + first + "': 'sim help' lists what there is"));
        try {
            return subcommand.run(dom0, Words.of(rest, subcommand.options()));
        } catch (BadUsageException bad) {
            throw new ToolstackException(Errno.ENOSYS, bad.getMessage() + "; usage: sim " + subcommand.usage());
        }
    }

    /** Never EINVAL, which makes other projects' tools print the daemon's whole help instead of the number. */
    private Result refused(List<String> words, Errno errno, Exception why) {
        Errno shown = errno == Errno.EINVAL ? Errno.EPERM : errno;
        String reason = String.valueOf(why.getMessage());
        failures.add(new Failures.Failure(words, shown, reason));
        return new Result.Failed(shown, reason);
    }

    private String reason(List<String> words) {
        return failures.last(words)
                .map(failure -> "sim " + String.join(" ", failure.words()) + ": " + failure.reason() + " ("
                        + failure.errno() + ")")
                .orElse(words.isEmpty() ? "no sim command was refused yet" : "no such command was refused lately");
    }

    private static String help() {
        StringBuilder text = new StringBuilder("sim plays xl on the simulated machine:\n");
        for (Subcommand subcommand : Subcommands.ALL) {
            text.append("  sim ")
                    .append(subcommand.usage())
                    .append("\n      ")
                    .append(subcommand.summary())
                    .append('\n');
        }
        return text.append(
                        "  sim error [COMMAND...]\n      say why the last command, or the last like this, was refused\n")
                .append("BACKEND is a name or an id, dom0 if it is left out.\n")
                .toString();
    }
}
