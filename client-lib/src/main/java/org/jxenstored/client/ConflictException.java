package org.jxenstored.client;

import org.jxenstored.protocol.Errno;

/** EAGAIN: others changed what this saw; nothing was done, and repeating it may succeed. */
public final class ConflictException extends RequestFailedException {
    ConflictException(Errno errno, String request, String subject) {
        super(errno, request, subject, "others changed the same nodes meanwhile; try again");
    }
}
