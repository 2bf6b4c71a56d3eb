package org.jxenstored.it.life;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jxenstored.client.AccessDeniedException;

/** Checks for what the store does not let a guest do. */
final class Denials {
    private Denials() {}

    static void denied(ThrowingCallable request) {
        assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(request);
    }
}
