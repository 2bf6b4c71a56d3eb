package org.jxenstored.client;

import org.jxenstored.protocol.Errno;

/** EACCES or EPERM: the caller may not do that. */
public final class AccessDeniedException extends RequestFailedException {
    AccessDeniedException(Errno errno, String request, String subject) {
        super(errno, request, subject, "the caller has no permission for this");
    }
}
