package org.jxenstored.client;

import org.jxenstored.protocol.Errno;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.protocol.Value;

/**
 * A request on its way, and what it is called in messages.
 *
 * @param reply what the server will say
 * @param type of the request
 * @param subject its path, domid, quota or command; may be empty
 */
record Sent(PendingReply reply, MessageType type, String subject) {

    /** Waits for the reply; an interrupt is passed on as an exception. */
    Reply await() {
        try {
            return reply.await();
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            throw new InterruptedRequestException(name());
        }
    }

    /** Waits for the reply and gives its payload. */
    Value payload() {
        // A pattern switch here would be the only one in a short-lived tool, and its set-up takes milliseconds.
        Reply outcome = await();
        if (outcome instanceof Reply.Success(Value payload)) {
            return payload;
        }
        throw exception(outcome);
    }

    /** Waits for the reply and gives its payload up to the first NUL. */
    String text() {
        Value payload = payload();
        int nul = payload.indexOfNul(0);
        return payload.text(0, nul < 0 ? payload.size() : nul);
    }

    /** What to throw for a reply that is no success. */
    XenstoreException exception(Reply bad) {
        return switch (bad) {
            case Reply.Failure(Errno errno) -> exception(errno);
            case Reply.Lost(String reason, boolean maybe) -> lost(reason, maybe);
            case Reply.Success _ -> throw new IllegalArgumentException("a success is no failure");
        };
    }

    private ConnectionLostException lost(String reason, boolean mayHaveBeenExecuted) {
        if (mayHaveBeenExecuted) {
            return new OutcomeUnknownException(name(), reason);
        }
        return reply.transactionId == 0
                ? new ConnectionLostException(name(), reason)
                : new TransactionLostException(name(), reason);
    }

    RequestFailedException exception(Errno errno) {
        String name = name();
        return switch (errno) {
            case ENOENT -> new NotFoundException(errno, name, subject);
            case EACCES, EPERM -> new AccessDeniedException(errno, name, subject);
            case EAGAIN -> new ConflictException(errno, name, subject);
            case EEXIST -> new AlreadyExistsException(errno, name, subject);
            case EINVAL -> new InvalidRequestException(errno, name, subject);
            case ENOSPC -> new QuotaExceededException(errno, name, subject);
            case E2BIG -> new TooBigException(errno, name, subject);
            case EBUSY -> new BusyException(errno, name, subject);
            case ENOSYS -> new UnsupportedRequestException(errno, name, subject);
            default -> new RequestFailedException(errno, name, subject, "the server could not do this");
        };
    }

    MalformedReplyException malformed(String problem) {
        return new MalformedReplyException(name(), problem);
    }

    private String name() {
        return subject.isEmpty() ? type.name() : type.name() + ' ' + subject;
    }
}
