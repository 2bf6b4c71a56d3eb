package org.jxenstored.client;

import org.jxenstored.protocol.Errno;

/**
 * The server answered with an error, or the client knew that it would.
 *
 * <p>The usual errors have classes of their own; all others are of this class.
 */
public sealed class RequestFailedException extends XenstoreException
        permits NotFoundException,
                AccessDeniedException,
                ConflictException,
                AlreadyExistsException,
                InvalidRequestException,
                QuotaExceededException,
                TooBigException,
                BusyException,
                UnsupportedRequestException {
    private final Errno errno;
    private final String subject;

    RequestFailedException(Errno errno, String request, String subject, String meaning) {
        super(request + ": " + meaning + " (" + errno.name() + ")");
        this.errno = errno;
        this.subject = subject;
    }

    /** What the server said; a name that is not in the protocol counts as EINVAL (C-LIB-12). */
    public Errno errno() {
        return errno;
    }

    /** What the request was about, as it was sent: the path, domid, quota or command; empty if nothing. */
    public String path() {
        return subject;
    }
}
