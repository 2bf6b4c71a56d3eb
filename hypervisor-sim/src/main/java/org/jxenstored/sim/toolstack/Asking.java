package org.jxenstored.sim.toolstack;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import org.jxenstored.client.XenstoreException;
import org.jxenstored.hypervisor.DomainState;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.protocol.Errno;
import org.jxenstored.protocol.Value;
import org.jxenstored.sim.guest.ShutdownRequest;
import org.jxenstored.sim.host.DomainType;
import org.jxenstored.sim.host.SimDomain;
import org.jxenstored.sim.timeline.Party;

/** Asks guests to shut down, by {@code control/shutdown} (L-SUSP-3). */
final class Asking {
    private static final Logger LOG = System.getLogger(Asking.class.getName());
    private static final String RELEASE = "@releaseDomain";

    private final Means means;

    Asking(Means means) {
        this.means = means;
    }

    /** Writes the request; the guest obeys in its own time, or never. */
    void ask(Guest guest, ShutdownRequest request) throws ToolstackException {
        String node = guest.nodes().inHome("control/shutdown");
        if (guest.domain().state().isDead() || !means.store().exists(node)) {
            throw new ToolstackException(
                    Errno.ENOENT, guest + " has no node " + node + ": it cannot be asked, only destroyed");
        }
        if (!listens(guest, request)) {
            throw new ToolstackException(
                    Errno.ENOSYS,
                    guest + " has no drivers that would hear of a " + request.word() + ": 'sim destroy " + guest.name()
                            + "' ends it");
        }
        means.tellsStore(guest, "control/shutdown = " + request.word());
        means.store().write(node, request.word());
    }

    /** False for an HVM guest that did not say that it knows this request; other guests always have drivers. */
    boolean listens(Guest guest, ShutdownRequest request) {
        String feature = request == ShutdownRequest.HALT ? "poweroff" : request.word();
        return guest.config().domain().type() != DomainType.HVM
                || valueOf(guest, "control/feature-" + feature).equals("1");
    }

    /** Asks and waits until it has shut down or is gone. */
    void askAndWait(Guest guest, ShutdownRequest request, Duration atMost) throws ToolstackException {
        try (Patience patience = means.patience(atMost)) {
            patience.watch(RELEASE);
            ask(guest, request);
            if (!patience.until(() -> hasEnded(guest.domain()))) {
                throw notObeyed(guest, request, atMost);
            }
        }
    }

    private static boolean hasEnded(SimDomain domain) {
        DomainState state = domain.state();
        return state.shutdown() || state.isDead();
    }

    /** Asks for a suspend and waits until that is complete, by one of the three ways. */
    void suspend(Guest guest, Duration atMost) throws ToolstackException, HypervisorException {
        requireRunning(guest);
        SimDomain domain = guest.domain();
        Optional<Integer> port = suspendPort(guest);
        if (!listens(guest, ShutdownRequest.SUSPEND)) {
            means.host().dom0().remoteShutdown(domain.domid(), ShutdownRequest.SUSPEND.code());
        } else if (port.isPresent()) {
            suspendByEventChannel(guest, port.get(), atMost);
        } else {
            suspendByStore(guest, atMost);
        }
        if (domain.state().shutdownCode() != ShutdownRequest.SUSPEND.code()) {
            throw new ToolstackException(Errno.EIO, guest + " shut down or died instead of being suspended");
        }
    }

    /** As {@link #suspend} in a program of its own. */
    void beginSuspend(Guest guest, Duration atMost) throws ToolstackException {
        requireRunning(guest);
        var _ = means.time().start("toolstack-suspend-" + guest.domain().domid(), () -> {
            try {
                suspend(guest, atMost);
            } catch (ToolstackException | HypervisorException | XenstoreException failure) {
                LOG.log(Level.WARNING, "{0} was not suspended: {1}", guest, String.valueOf(failure.getMessage()));
            }
        });
    }

    private static void requireRunning(Guest guest) throws ToolstackException {
        if (hasEnded(guest.domain())) {
            throw new ToolstackException(Errno.EBUSY, guest + " is not running, so it cannot be suspended");
        }
    }

    /** EBUSY if the guest has shut down or is being destroyed, so that its kernel does nothing any more. */
    static void requireKernel(Guest guest, String deed) throws ToolstackException {
        DomainState state = guest.domain().state();
        if (state.shutdown() || state.life() != DomainState.Life.ALIVE) {
            throw new ToolstackException(Errno.EBUSY, guest + " is not running, so its kernel cannot " + deed);
        }
    }

    private Optional<Integer> suspendPort(Guest guest) {
        String text = valueOf(guest, "device/suspend/event-channel");
        return text.matches("[1-9][0-9]{0,3}") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
    }

    private void suspendByEventChannel(Guest guest, int guestsPort, Duration atMost)
            throws ToolstackException, HypervisorException {
        SimDomain domain = guest.domain();
        SimDomain dom0 = means.host().dom0();
        int port = dom0.ports().bindInterdomain(domain.domid(), guestsPort);
        try (Patience patience = means.patience(atMost)) {
            patience.watch(RELEASE);
            dom0.ports().handle(port, false, _ -> patience.nudge());
            domain.subscribeSuspend(guestsPort);
            means.note(guest, Party.TOOLSTACK, Party.domain(domain.domid()), "event channel: suspend");
            dom0.ports().signal(port);
            if (!patience.until(() -> hasEnded(domain))) {
                throw notObeyed(guest, ShutdownRequest.SUSPEND, atMost);
            }
        } finally {
            dom0.ports().close(port);
        }
    }

    private void suspendByStore(Guest guest, Duration atMost) throws ToolstackException {
        try {
            askAndWait(guest, ShutdownRequest.SUSPEND, atMost);
        } catch (ToolstackException notObeyed) {
            takeBack(guest);
            throw notObeyed;
        }
    }

    /** A request that the guest did not take must not reach it later. */
    private void takeBack(Guest guest) {
        String node = guest.nodes().inHome("control/shutdown");
        means.inTransaction(transaction -> {
            if (transaction.readIfPresent(node).equals(Optional.of(Value.of(ShutdownRequest.SUSPEND.word())))) {
                transaction.write(node, Value.EMPTY);
            }
        });
    }

    private String valueOf(Guest guest, String relative) {
        return means.store()
                .readIfPresent(guest.nodes().inHome(relative))
                .map(Value::text)
                .orElse("");
    }

    private static ToolstackException notObeyed(Guest guest, ShutdownRequest request, Duration atMost) {
        return new ToolstackException(
                Errno.EBUSY,
                guest + " did not obey '" + request.word() + "' within " + atMost.toSeconds()
                        + " s: ask again, or 'sim destroy " + guest.name() + "' ends it");
    }
}
