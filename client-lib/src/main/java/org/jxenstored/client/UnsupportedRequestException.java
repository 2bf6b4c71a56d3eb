package org.jxenstored.client;

import org.jxenstored.protocol.Errno;

/** ENOSYS: this server does not know the request. */
public final class UnsupportedRequestException extends RequestFailedException {
    UnsupportedRequestException(Errno errno, String request, String subject) {
        super(errno, request, subject, "this server does not know the request");
    }
}
