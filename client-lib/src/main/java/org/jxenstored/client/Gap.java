package org.jxenstored.client;

import java.time.Instant;

/**
 * A time without a connection: what happened in the store meanwhile was told to nobody.
 *
 * @param lostAt when the client noticed that the connection was gone
 * @param backAt when the server answered on a new one
 * @param reason why the connection ended
 */
public record Gap(Instant lostAt, Instant backAt, String reason) {
    /** This gap and a later one as one. */
    Gap until(Gap later) {
        return new Gap(lostAt, later.backAt, reason);
    }
}
