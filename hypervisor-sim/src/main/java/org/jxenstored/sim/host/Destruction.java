package org.jxenstored.sim.host;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jxenstored.hypervisor.DomainState.Life;

/** How a domain is destroyed, step by step, by whom ever (lifecycle.md 7). Called without the host's lock. */
final class Destruction {
    private final SimDomain domain;
    private final SimHost host;
    private final HostLock lock;
    private final Teardown teardown;
    private final CompletableFuture<Boolean> programStopped = new CompletableFuture<>();

    Destruction(SimDomain domain) {
        this.domain = domain;
        this.host = domain.host;
        this.lock = host.lock();
        this.teardown = new Teardown(domain);
    }

    /** The domain is dying, which nobody is told (L-KILL-1); true if that began now. */
    boolean begin() {
        boolean begun = lock.call(() -> {
            if (!domain.life.beginDestroy()) {
                return false;
            }
            host.notes().toolstackAsks(domain, "domctl destroydomain " + domain.domid());
            host.notes().xenDoes(domain, domain + " is dying");
            domain.watchdog.stop();
            return true;
        });
        if (begun) {
            Optional<GuestProgram> program = lock.call(domain.life::startedProgram);
            try {
                program.ifPresent(GuestProgram::stop);
            } finally {
                programStopped.complete(true);
            }
        }
        return begun;
    }

    /** One preemptible step after that; true if the domain is dead. */
    boolean step() {
        // The memory must not go while another thread still stops the program that uses it.
        programStopped.join();
        return lock.call(() -> {
            if (domain.life.life() == Life.DYING && teardown.step()) {
                die();
            }
            return domain.life.life() == Life.DEAD;
        });
    }

    /** All steps that are left. */
    void finish() {
        while (!step()) {
            // Others get the lock between two steps.
            Thread.onSpinWait();
        }
    }

    /** Ends dom0 together with its host: it is torn down without being announced. */
    void switchOff() {
        lock.run(() -> {
            while (!teardown.step()) {
                Thread.onSpinWait();
            }
        });
    }

    private void die() {
        domain.life.dead();
        host.notes().xenDoes(domain, domain + " is dead" + kept());
        host.exceptions().markChanged(domain);
        host.exceptions().raise(domain);
        domain.references.drop(Reference.TOOLSTACK);
    }

    /** Who makes a zombie of the domain, for people. */
    private String kept() {
        List<String> others = domain.references().stream()
                .filter(Reference::outlivesDestruction)
                .map(Reference::toString)
                .distinct()
                .toList();
        return others.isEmpty() ? "" : ", kept by: " + String.join(", ", others);
    }
}
