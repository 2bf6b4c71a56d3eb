package org.jxenstored.xen.device;

import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.protocol.Errno;

/** What the kernel's error numbers mean to people and to clients. */
public final class Failures {
    private Failures() {}

    /** The name of an error that clients know, else its number. */
    public static String describe(int errno) {
        return Errno.ofNumber(errno).map(Errno::name).orElse("errno " + errno);
    }

    /**
     * A refusal that a client hears of; what the protocol has no name for is EINVAL to it (P-INTRO-4, P-INTRO-5).
     *
     * @param result the negative errno
     * @param what for people: what was refused
     */
    public static HypervisorException refusal(long result, String what) {
        int errno = (int) -result;
        return new HypervisorException(Errno.ofNumber(errno).orElse(Errno.EINVAL), what + " (" + describe(errno) + ")");
    }
}
