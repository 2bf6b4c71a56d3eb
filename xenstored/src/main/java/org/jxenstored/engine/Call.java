package org.jxenstored.engine;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.jxenstored.protocol.Arguments;
import org.jxenstored.protocol.Message;
import org.jxenstored.transaction.Transaction;

/**
 * One request being served.
 *
 * @param caller whose request it is
 * @param request as it came
 * @param transaction the caller's open transaction that the request names, or null
 * @param later where to give the reply if the operation answers {@link Reply.Later}
 */
public record Call(
        Connection caller, Message request, @Nullable Transaction transaction, Consumer<Reply> later) {

    /** All strings of the payload (P-ARG-2). */
    public List<String> arguments() {
        return Arguments.all(request.payload());
    }

    /** The only string of the payload; empty if it is not of that form (P-ARG-1). */
    public Optional<String> argument() {
        return Arguments.single(request.payload());
    }
}
