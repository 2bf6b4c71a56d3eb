package org.jxenstored.hypervisor;

import java.io.Serial;
import org.jxenstored.protocol.Errno;

/** The hypervisor refused something. */
public final class HypervisorException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    private final Errno errno;
    private final Obstacle obstacle;

    /**
     * A refusal that a client may hear of.
     *
     * @param errno what a client is told
     * @param message for people: what was refused, for which domain, and what to do
     */
    public HypervisorException(Errno errno, String message) {
        this(errno, Obstacle.OTHER, message);
    }

    /**
     * A refusal that keeps the daemon from starting.
     *
     * @param obstacle what stands in the way
     * @param message for people: what was refused and what to do
     */
    public HypervisorException(Obstacle obstacle, String message) {
        this(Errno.EIO, obstacle, message);
    }

    private HypervisorException(Errno errno, Obstacle obstacle, String message) {
        super(message);
        this.errno = errno;
        this.obstacle = obstacle;
    }

    public Errno errno() {
        return errno;
    }

    public Obstacle obstacle() {
        return obstacle;
    }
}
