package org.jxenstored.xen.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.hypervisor.Obstacle;
import org.jxenstored.protocol.Errno;

/** Checks for what stands in the way. */
public final class Obstacles {
    private Obstacles() {}

    /** The call is refused for this reason, and the message for people has these words in it. */
    public static void blocked(Obstacle obstacle, ThrowingCallable call, String... words) {
        assertThatExceptionOfType(HypervisorException.class)
                .isThrownBy(call)
                .satisfies(refusal -> assertThat(refusal.obstacle()).isEqualTo(obstacle))
                .satisfies(refusal -> assertThat(words)
                        .allSatisfy(word -> assertThat(refusal.getMessage()).contains(word)));
    }

    /** The call is refused with this error for a client. */
    public static void refused(Errno errno, ThrowingCallable call, String... words) {
        assertThatExceptionOfType(HypervisorException.class)
                .isThrownBy(call)
                .satisfies(refusal -> assertThat(refusal.errno()).isEqualTo(errno))
                .satisfies(refusal -> assertThat(words)
                        .allSatisfy(word -> assertThat(refusal.getMessage()).contains(word)));
    }
}
