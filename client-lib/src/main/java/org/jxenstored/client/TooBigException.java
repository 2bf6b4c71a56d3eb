package org.jxenstored.client;

import org.jxenstored.protocol.Errno;

/** E2BIG: the request or its reply is larger than 4096 bytes. */
public final class TooBigException extends RequestFailedException {
    TooBigException(Errno errno, String request, String subject) {
        super(errno, request, subject, "larger than the 4096 bytes that a message can carry");
    }
}
