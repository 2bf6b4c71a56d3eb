package org.jxenstored.sim.host;

import org.jxenstored.hypervisor.DomainState;

/** How far a domain's shutdown has come (lifecycle.md 5.2). All calls are made under the host's lock. */
final class Shutdown {
    /** What {@link #code} gives when no reason is latched. */
    static final int NO_CODE = DomainState.NO_SHUTDOWN_CODE;

    private static final int NOT_LATCHED = -1;

    private enum Phase {
        NONE,
        IN_PROGRESS,
        COMPLETE
    }

    private Phase phase = Phase.NONE;
    private int latched = NOT_LATCHED;
    private int ioInFlight;

    /** The first reason given stays (L-SHUT-1). */
    void latch(int code) {
        if (latched == NOT_LATCHED) {
            latched = code & 0xff;
        }
    }

    /** Starts; true if that made the shutdown complete (L-SHUT-2, L-SHUT-3). */
    boolean begin(int code) {
        latch(code);
        if (phase != Phase.NONE) {
            return false;
        }
        phase = Phase.IN_PROGRESS;
        return tryComplete();
    }

    /** A virtual CPU starts I/O that must end before it can be paused. */
    void beginIo() {
        ioInFlight++;
    }

    /** That I/O ended; true if that made the shutdown complete. */
    boolean endIo() {
        if (ioInFlight == 0) {
            throw new IllegalStateException("no I/O is in flight");
        }
        ioInFlight--;
        return tryComplete();
    }

    private boolean tryComplete() {
        if (phase != Phase.IN_PROGRESS || (ioInFlight > 0 && latched != ShutdownCode.CRASH)) {
            return false;
        }
        phase = Phase.COMPLETE;
        return true;
    }

    /** Forgets a complete shutdown (L-SUSP-5). */
    void resume() {
        if (phase == Phase.COMPLETE) {
            phase = Phase.NONE;
            latched = NOT_LATCHED;
        }
    }

    /** True while the virtual CPUs run. */
    boolean isNone() {
        return phase == Phase.NONE;
    }

    boolean isComplete() {
        return phase == Phase.COMPLETE;
    }

    /** The latched reason, or {@link #NO_CODE}. */
    int code() {
        return latched == NOT_LATCHED ? NO_CODE : latched;
    }
}
