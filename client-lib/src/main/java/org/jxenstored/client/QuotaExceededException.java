package org.jxenstored.client;

import org.jxenstored.protocol.Errno;

/** ENOSPC: the caller's domain has used up one of its quotas. */
public final class QuotaExceededException extends RequestFailedException {
    QuotaExceededException(Errno errno, String request, String subject) {
        super(errno, request, subject, "a quota of the calling domain is used up");
    }
}
