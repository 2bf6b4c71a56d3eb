package org.jxenstored.sim.toolstack;

import java.io.Serial;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.protocol.Errno;

/** The toolstack cannot do what it was asked for; the message is for people. */
public final class ToolstackException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    private final Errno errno;

    /**
     * @param errno what a program is told
     * @param message what was refused, for which domain, and what to do
     */
    public ToolstackException(Errno errno, String message) {
        super(message);
        this.errno = errno;
    }

    /** As {@link #ToolstackException(Errno, String)}, for what failed because of something else. */
    public ToolstackException(Errno errno, String message, Throwable cause) {
        super(message, cause);
        this.errno = errno;
    }

    /** The hypervisor refused it. */
    public ToolstackException(HypervisorException refusal) {
        this(refusal.errno(), String.valueOf(refusal.getMessage()), refusal);
    }

    public Errno errno() {
        return errno;
    }
}
