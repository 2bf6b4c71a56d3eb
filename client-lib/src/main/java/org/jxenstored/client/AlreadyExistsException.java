package org.jxenstored.client;

import org.jxenstored.protocol.Errno;

/** EEXIST: this connection has such a watch already. */
public final class AlreadyExistsException extends RequestFailedException {
    AlreadyExistsException(Errno errno, String request, String subject) {
        super(errno, request, subject, "exists already");
    }
}
