package org.jxenstored.hypervisor;

import java.io.Serial;
import org.jxenstored.protocol.Errno;

/** The hypervisor refused something. */
public final class HypervisorException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    private final Errno errno;

    /**
     * @param errno what a client is told
     * @param message for people: what was refused, for which domain, and what to do
     */
    public HypervisorException(Errno errno, String message) {
        super(message);
        this.errno = errno;
    }

    public Errno errno() {
        return errno;
    }
}
