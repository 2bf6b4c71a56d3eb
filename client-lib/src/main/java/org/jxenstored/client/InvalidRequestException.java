package org.jxenstored.client;

import org.jxenstored.protocol.Errno;

/** EINVAL: a malformed path or argument, or one that the server does not know. */
public final class InvalidRequestException extends RequestFailedException {
    InvalidRequestException(Errno errno, String request, String subject) {
        super(errno, request, subject, "the server does not accept this path or argument");
    }
}
