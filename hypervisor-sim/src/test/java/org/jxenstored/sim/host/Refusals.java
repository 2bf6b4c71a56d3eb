package org.jxenstored.sim.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.protocol.Errno;

/** Checks for what the hypervisor refuses. */
final class Refusals {
    private Refusals() {}

    static void refused(Errno errno, ThrowingCallable what) {
        assertThatExceptionOfType(HypervisorException.class)
                .isThrownBy(what)
                .satisfies(refusal -> assertThat(refusal.errno()).isEqualTo(errno));
    }
}
