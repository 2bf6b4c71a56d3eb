package org.jxenstored.client;

import org.jxenstored.protocol.Errno;

/** ENOENT: there is no such node, domain, watch or transaction. */
public final class NotFoundException extends RequestFailedException {
    NotFoundException(Errno errno, String request, String subject) {
        super(errno, request, subject, "not found");
    }
}
