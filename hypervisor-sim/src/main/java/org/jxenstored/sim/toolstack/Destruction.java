package org.jxenstored.sim.toolstack;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.protocol.Errno;
import org.jxenstored.sim.host.SimDomain;

/** Takes a guest down, in the order libxl does (L-KILL-5). */
final class Destruction {
    /** Between two parts of a long destruction others get a chance (L-KILL-2). */
    private static final Duration BETWEEN_STEPS = Duration.ofMillis(2);

    private final Means means;
    private final Devices devices;

    Destruction(Means means, Devices devices) {
        this.means = means;
        this.devices = devices;
    }

    /** As {@link #run} for one whose undertaking is not held; false if somebody else was faster. */
    boolean runOnce(Guest guest) throws ToolstackException, HypervisorException {
        guest.undertaking().lock();
        try {
            boolean present = means.records().find(guest.domain()).isPresent();
            if (present) {
                run(guest);
            }
            return present;
        } finally {
            guest.undertaking().unlock();
        }
    }

    /** Waits until the domain is dead; its id may stay in use longer. The guest's undertaking is held. */
    void run(Guest guest) throws ToolstackException, HypervisorException {
        SimDomain domain = guest.domain();
        if (!domain.isPaused() && !domain.state().isDead()) {
            domain.pause();
        }
        if (guest.deviceModel().isPresent()) {
            guest.deviceModel().get().stop();
            guest.setDeviceModel(Optional.empty());
        }
        if (means.store().isOpen()) {
            devices.remove(guest);
            removeNodes(guest);
        }
        means.records().history().ended(domain.domid(), means.time().millis());
        if (means.records().find(domain).isPresent()) {
            means.records().moveToDestroyed(guest);
            means.records().giveNameBack(guest.name());
        }
        means.entrances().close(domain.domid());
        destroyDomain(domain);
    }

    /** Not those of a successor, if the domain is long gone and its id in use again. */
    private void removeNodes(Guest guest) {
        SimDomain domain = guest.domain();
        if (means.host().find(domain.domid()).filter(now -> now != domain).isPresent()) {
            return;
        }
        boolean othersUseVm = means.records().hasTwin(guest);
        means.tellsStore(guest, "remove the nodes of domain " + guest.domain().domid());
        means.inTransaction(transaction -> {
            if (!othersUseVm) {
                guest.nodes().removeVm(transaction);
            }
            guest.nodes().removeHome(transaction);
        });
    }

    /** In a process of its own, as it may take minutes. */
    private void destroyDomain(SimDomain domain) throws ToolstackException, HypervisorException {
        CompletableFuture<Optional<Exception>> outcome = new CompletableFuture<>();
        var _ = means.time().start("toolstack-destroy-" + domain.domid(), () -> outcome.complete(inSteps(domain)));
        Optional<Exception> failure = outcome.join();
        if (failure.isEmpty()) {
            return;
        }
        switch (failure.get()) {
            case HypervisorException refusal when refusal.errno() == Errno.ENOENT -> {}
            case HypervisorException refusal -> throw refusal;
            case Exception stopped ->
                throw new ToolstackException(Errno.EIO, "the destruction of " + domain + " was stopped", stopped);
        }
    }

    private Optional<Exception> inSteps(SimDomain domain) {
        try {
            while (!domain.destroyStep()) {
                means.time().sleep(BETWEEN_STEPS);
            }
            return Optional.empty();
        } catch (HypervisorException refusal) {
            return Optional.of(refusal);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Optional.of(stopped);
        }
    }
}
