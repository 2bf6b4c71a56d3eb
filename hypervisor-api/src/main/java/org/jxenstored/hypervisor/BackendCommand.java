package org.jxenstored.hypervisor;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jxenstored.protocol.Errno;

/** A CONTROL command that a backend contributes, such as {@code sim}. */
public interface BackendCommand {
    /** The word after {@code xenstore-control}. */
    String name();

    /** The arguments, for the help text. */
    String usage();

    /** Runs the command without blocking the caller. */
    CompletionStage<Result> run(List<String> arguments);

    /** What the client is told. */
    sealed interface Result {
        /** A text for the user, printed as it is. */
        record Text(String text) implements Result {}

        /** An ERROR reply. */
        record Failed(Errno errno) implements Result {}
    }
}
