package org.jxenstored.client;

import org.jxenstored.protocol.Errno;

/** EBUSY: not possible in this state, such as a transaction inside a transaction. */
public final class BusyException extends RequestFailedException {
    BusyException(Errno errno, String request, String subject) {
        super(errno, request, subject, "not possible in the present state");
    }
}
