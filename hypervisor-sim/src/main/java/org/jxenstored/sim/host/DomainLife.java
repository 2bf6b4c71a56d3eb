package org.jxenstored.sim.host;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.jxenstored.hypervisor.DomainState.Life;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.protocol.Errno;
import org.jxenstored.sim.timeline.Party;

/**
 * One domain's way from creation to its death (lifecycle.md 2, 5, 6, 7). All calls are made under the host's lock.
 */
final class DomainLife {
    private static final int CONTROLLER_PAUSES_MAX = 255;

    private final SimDomain domain;
    private final SimHost host;
    private final Vcpus vcpus;
    private final RunClock clock;
    private final Shutdown shutdown = new Shutdown();
    private Life life = Life.ALIVE;
    private int controllerPauses = 1;
    private boolean started;
    private boolean gone;
    private int suspendPort;
    private @Nullable GuestProgram program;
    private @Nullable Sleep sleep;

    DomainLife(SimDomain domain, Vcpus vcpus) {
        this.domain = domain;
        this.host = domain.host();
        this.vcpus = vcpus;
        this.clock = new RunClock(host.time());
    }

    Life life() {
        return life;
    }

    Shutdown shutdown() {
        return shutdown;
    }

    boolean isPausedByController() {
        return controllerPauses > 0;
    }

    /** True while the virtual CPUs run and can take events. */
    boolean isRunning() {
        return life == Life.ALIVE && controllerPauses == 0 && shutdown.isNone();
    }

    Duration runningTime() {
        return clock.total();
    }

    Optional<GuestProgram> program() {
        return Optional.ofNullable(program);
    }

    void load(GuestProgram image) throws HypervisorException {
        requireListed();
        if (started) {
            throw new HypervisorException(Errno.EBUSY, domain + " runs already: load a program before it is unpaused");
        }
        program = image;
        vcpus.boot();
    }

    void pause() throws HypervisorException {
        requireListed();
        if (controllerPauses == CONTROLLER_PAUSES_MAX) {
            throw new HypervisorException(
                    Errno.EINVAL, domain + " is paused " + CONTROLLER_PAUSES_MAX + " times: unpause it first");
        }
        controllerPauses++;
        clock.set(false);
    }

    void unpause() throws HypervisorException {
        requireListed();
        if (controllerPauses == 0) {
            throw new HypervisorException(Errno.EINVAL, domain + " is not paused");
        }
        controllerPauses--;
        runIfItMay();
    }

    private void runIfItMay() {
        if (!isRunning()) {
            return;
        }
        clock.set(true);
        if (!started) {
            started = true;
            vcpus.boot();
            if (program != null) {
                host.lock().afterwards(program::start);
            }
        }
        wakeUp(true);
        domain.ports().announceAll();
    }

    /** Shuts down with this code; without any effect if it did so before (L-SHUT-2). */
    void shutdown(int code) {
        if (life != Life.ALIVE) {
            return;
        }
        if (shutdown.begin(code)) {
            shutdownCompleted();
        }
        clock.set(false);
    }

    void endIo() {
        if (shutdown.endIo() && life == Life.ALIVE) {
            host.notes().xenDoes(domain, "the last I/O ended: shutdown complete");
            shutdownCompleted();
        }
    }

    private void shutdownCompleted() {
        host.exceptions().markChanged(domain);
        if (shutdown.code() == ShutdownCode.SUSPEND && domain.ports().exists(suspendPort)) {
            host.notes().note(domain, Party.XEN, Party.TOOLSTACK, "suspend event channel, no VIRQ_DOM_EXC");
            domain.ports().signal(suspendPort);
        } else {
            host.exceptions().raise(domain);
        }
    }

    /** The kernel inside waits until the domain goes on. */
    Sleep sleep() {
        if (sleep == null) {
            sleep = new Sleep();
        }
        return sleep;
    }

    /** Ends the sleep of the kernel inside, because the domain goes on or because that kernel's life is over. */
    void wakeUp(boolean byResume) {
        if (sleep != null) {
            sleep.end(byResume);
            sleep = null;
        }
    }

    /** Whose other end hears of a suspend instead of VIRQ_DOM_EXC (L-SUSP-1). */
    void subscribeSuspend(int port) throws HypervisorException {
        requireListed();
        if (!domain.ports().exists(port)) {
            throw new HypervisorException(Errno.EINVAL, domain + " has no port " + port);
        }
        suspendPort = port;
    }

    void resume() throws HypervisorException {
        requireListed();
        shutdown.resume();
        runIfItMay();
    }

    /** EINVAL unless it shut down for a soft reset (L-SUSP-9). */
    void requireSoftReset() throws HypervisorException {
        requireAlive();
        if (!shutdown.isComplete() || shutdown.code() != ShutdownCode.SOFT_RESET) {
            throw new HypervisorException(
                    Errno.EINVAL, domain + " did not shut down with code soft_reset: only then it can be reset");
        }
    }

    /** The program that has to be stopped before a reset or a destruction. */
    Optional<GuestProgram> startedProgram() {
        return started ? program() : Optional.empty();
    }

    /** Everything of the old kernel is forgotten; the program starts anew as soon as the domain runs. */
    void softReset() {
        started = false;
        suspendPort = 0;
        vcpus.reset();
        vcpus.boot();
        shutdown.resume();
        runIfItMay();
    }

    /** Destroy step 2 (L-KILL-1); true if that began now. */
    boolean beginDestroy() {
        if (life != Life.ALIVE) {
            return false;
        }
        life = Life.DYING;
        clock.set(false);
        wakeUp(false);
        return true;
    }

    /** Destroy step 7. */
    void dead() {
        life = Life.DEAD;
    }

    /** The domain left the list. */
    void gone() {
        gone = true;
    }

    /** ENOENT (Xen says ESRCH, which the store has no name for) once the domain left the list. */
    void requireListed() throws HypervisorException {
        if (gone) {
            throw new HypervisorException(Errno.ENOENT, domain + " does not exist any more");
        }
    }

    /** EINVAL from the start of its destruction on (L-KILL-3). */
    void requireAlive() throws HypervisorException {
        requireListed();
        if (life != Life.ALIVE) {
            throw new HypervisorException(Errno.EINVAL, domain + " is being destroyed");
        }
    }
}
