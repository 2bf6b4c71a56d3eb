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

        /**
         * An ERROR reply, which has room for the name of the error only.
         *
         * @param errno not EINVAL, unless the daemon's help is what the user needs (C-CTL-3)
         * @param reason for people: what was refused and what to do; it goes to the daemon's log
         */
        record Failed(Errno errno, String reason) implements Result {}
    }
}
