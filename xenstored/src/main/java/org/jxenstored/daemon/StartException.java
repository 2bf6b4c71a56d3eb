package org.jxenstored.daemon;

import java.io.Serial;
import org.jxenstored.hypervisor.HypervisorException;

/** The daemon cannot start. */
public final class StartException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    private final ExitCode exitCode;

    /**
     * @param message for people: what is missing or refused, and what to do
     */
    public StartException(String message) {
        super(message);
        this.exitCode = ExitCode.FAILED;
    }

    public StartException(String message, Throwable cause) {
        super(message, cause);
        this.exitCode = ExitCode.FAILED;
    }

    /**
     * The hypervisor stands in the way.
     *
     * @param who for people: which hypervisor
     */
    StartException(String who, HypervisorException cause) {
        super(who + ": " + cause.getMessage(), cause);
        this.exitCode = ExitCode.of(cause.obstacle());
    }

    /** What the program ends with. */
    ExitCode exitCode() {
        return exitCode;
    }
}
