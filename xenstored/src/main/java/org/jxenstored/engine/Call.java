package org.jxenstored.engine;

import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.jxenstored.protocol.Arguments;
import org.jxenstored.protocol.Message;
import org.jxenstored.transaction.Transaction;

/** One request being served. */
public final class Call {
    private final Connection caller;
    private final Message request;
    private final @Nullable Transaction transaction;
    private final @Nullable Ticket ticket;
    private final int resets;
    private final BiConsumer<Call, Reply> lateAnswers;

    /** @param lateAnswers takes the reply if it comes later */
    Call(
            Connection caller,
            Message request,
            @Nullable Transaction transaction,
            @Nullable Ticket ticket,
            BiConsumer<Call, Reply> lateAnswers) {
        this.caller = caller;
        this.request = request;
        this.transaction = transaction;
        this.ticket = ticket;
        this.resets = caller.resets();
        this.lateAnswers = lateAnswers;
    }

    /** Whose request it is. */
    public Connection caller() {
        return caller;
    }

    /** The request as it came. */
    public Message request() {
        return request;
    }

    /** The caller's open transaction that the request names, or null. */
    public @Nullable Transaction transaction() {
        return transaction;
    }

    /** What it is counted on as outstanding, or null. */
    @Nullable
    Ticket ticket() {
        return ticket;
    }

    /** True if the caller began anew since the request came. */
    boolean isForgotten() {
        return caller.resets() != resets;
    }

    /** Where to give the reply if the operation answers {@link Reply.Later}. */
    public Consumer<Reply> later() {
        return reply -> lateAnswers.accept(this, reply);
    }

    /** All strings of the payload (P-ARG-2). */
    public List<String> arguments() {
        return Arguments.all(request.payload());
    }

    /** The only string of the payload; empty if it is not of that form (P-ARG-1). */
    public Optional<String> argument() {
        return Arguments.single(request.payload());
    }
}
