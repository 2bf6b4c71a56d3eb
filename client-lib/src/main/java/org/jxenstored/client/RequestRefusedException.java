package org.jxenstored.client;

import java.io.IOException;
import org.jxenstored.protocol.Errno;

/** The way to the server, not the server, refused one request; those behind it can still be written. */
final class RequestRefusedException extends IOException {
    private final int requestId;
    private final Errno errno;

    RequestRefusedException(int requestId, Errno errno, IOException cause) {
        super(cause);
        this.requestId = requestId;
        this.errno = errno;
    }

    int requestId() {
        return requestId;
    }

    Errno errno() {
        return errno;
    }
}
