package org.jxenstored.sim.host;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.jxenstored.hypervisor.DomainState.Life;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.protocol.Errno;

/**
 * One domain's way from creation to its end (lifecycle.md 2, 5, 7, 10.1). All calls are made under the host's
 * lock.
 */
final class DomainLife {
    private static final int CONTROLLER_PAUSES_MAX = 255;

    private final SimDomain domain;
    private final DomainExceptions exceptions;
    private final HostLock lock;
    private final Shutdown shutdown = new Shutdown();
    private Life life = Life.ALIVE;
    private int controllerPauses = 1;
    private boolean creationFinished;
    private int references = 1;
    private boolean gone;
    private int suspendPort;
    private @Nullable GuestProgram program;

    DomainLife(SimDomain domain, DomainExceptions exceptions, HostLock lock) {
        this.domain = domain;
        this.exceptions = exceptions;
        this.lock = lock;
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

    Optional<GuestProgram> program() {
        return Optional.ofNullable(program);
    }

    void load(GuestProgram image) throws HypervisorException {
        requireListed();
        if (creationFinished) {
            throw new HypervisorException(
                    Errno.EBUSY, "domain " + domain.domid() + " runs already: load a program before it is unpaused");
        }
        program = image;
    }

    void pause() throws HypervisorException {
        requireListed();
        if (controllerPauses == CONTROLLER_PAUSES_MAX) {
            throw new HypervisorException(
                    Errno.EINVAL,
                    "domain " + domain.domid() + " is paused " + CONTROLLER_PAUSES_MAX + " times: unpause it first");
        }
        controllerPauses++;
    }

    void unpause() throws HypervisorException {
        requireListed();
        if (controllerPauses == 0) {
            throw new HypervisorException(Errno.EINVAL, "domain " + domain.domid() + " is not paused");
        }
        controllerPauses--;
        if (controllerPauses == 0 && !creationFinished) {
            creationFinished = true;
            if (program != null) {
                lock.afterwards(program::start);
            }
        }
        domain.ports().announceAll();
    }

    void shutdown(int code) throws HypervisorException {
        requireListed();
        if (life == Life.ALIVE && shutdown.begin(code)) {
            shutdownCompleted();
        }
    }

    void endIo() {
        if (shutdown.endIo() && life == Life.ALIVE) {
            shutdownCompleted();
        }
    }

    private void shutdownCompleted() {
        exceptions.markChanged(domain);
        if (shutdown.code() == ShutdownCode.SUSPEND && domain.ports().exists(suspendPort)) {
            domain.ports().signal(suspendPort);
        } else {
            exceptions.raise();
        }
    }

    /** Whose other end hears of a suspend instead of VIRQ_DOM_EXC (L-SUSP-1). */
    void subscribeSuspend(int port) throws HypervisorException {
        requireListed();
        if (!domain.ports().exists(port)) {
            throw new HypervisorException(Errno.EINVAL, "domain " + domain.domid() + " has no port " + port);
        }
        suspendPort = port;
    }

    void resume() throws HypervisorException {
        requireListed();
        shutdown.resume();
        domain.ports().announceAll();
    }

    /** Destroy step 2 (L-KILL-1); gives the program that has to be stopped before the rest, if one was started. */
    Optional<GuestProgram> beginDestroy() {
        if (life != Life.ALIVE) {
            return Optional.empty();
        }
        life = Life.DYING;
        return creationFinished ? Optional.ofNullable(program) : Optional.empty();
    }

    /** Destroy steps 3 to 7. */
    void finishDestroy() {
        if (life != Life.DYING) {
            return;
        }
        domain.tearDown();
        life = Life.DEAD;
        exceptions.markChanged(domain);
        exceptions.raise();
        dropReference();
    }

    void addReference() {
        references++;
    }

    /** Lets go of one reference; without any the domain leaves the list (lifecycle.md 10.1). */
    void dropReference() {
        references--;
        if (references == 0) {
            gone = true;
            domain.lastReferenceGone();
        }
    }

    /** ENOENT (Xen says ESRCH, which the store has no name for) once the domain left the list. */
    void requireListed() throws HypervisorException {
        if (gone) {
            throw new HypervisorException(Errno.ENOENT, "domain " + domain.domid() + " does not exist any more");
        }
    }

    /** EINVAL from the start of its destruction on (L-KILL-3). */
    void requireAlive() throws HypervisorException {
        requireListed();
        if (life != Life.ALIVE) {
            throw new HypervisorException(Errno.EINVAL, "domain " + domain.domid() + " is being destroyed");
        }
    }
}
