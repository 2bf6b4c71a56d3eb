package org.jxenstored.sim.toolstack;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jxenstored.client.Notification;
import org.jxenstored.client.WatchQueue;
import org.jxenstored.client.XenstoreException;
import org.jxenstored.hypervisor.DomainState;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.sim.host.SimDomain;
import org.jxenstored.sim.timeline.Party;

/**
 * Does with guests that shut down or died what their configurations say, as the {@code xl} daemon of each guest does.
 *
 * <p>{@code @releaseDomain} only says that it is time to look at the states of all domains; it may come for nothing, and
 * for several at once (lifecycle.md 9). Each guest is dealt with by a program of its own, so none waits for another.
 */
public final class DeathWatch implements AutoCloseable {
    private static final Logger LOG = System.getLogger(DeathWatch.class.getName());
    private static final String EVENT = "@releaseDomain";

    private final Toolstack toolstack;
    private final Means means;
    private final WatchQueue releases;

    /** Watches the guests of this toolstack from now on; those that are dead already are seen at once (C-LIB-25). */
    public static DeathWatch start(Toolstack toolstack) {
        DeathWatch watch = new DeathWatch(toolstack);
        var _ = watch.means.time().start("toolstack-deaths", watch::run);
        return watch;
    }

    private DeathWatch(Toolstack toolstack) {
        this.toolstack = toolstack;
        this.means = toolstack.means();
        this.releases = means.store().watch(EVENT);
    }

    private void run() {
        try {
            while (true) {
                switch (releases.take()) {
                    case Notification.Event _, Notification.Lost _, Notification.Reconnected _ -> look();
                    case Notification.ConnectionBroken _, Notification.Refused _, Notification.Closed _ -> {
                        return;
                    }
                }
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * One pass over what getdomaininfolist gives; no request to the store, and nothing that takes time.
     *
     * <p>The guests are taken first and the list after them: the other way round a guest that is created in between
     * would not be in the list, and be taken for gone.
     */
    private void look() {
        List<Guest> guests = means.records().guests();
        List<Guest> destroyed = means.records().destroyed();
        Map<Integer, SimDomain> listed = new HashMap<>();
        means.host().list().forEach(domain -> listed.put(domain.domid(), domain));
        for (Guest guest : guests) {
            DomainState state = guest.domain().state();
            if (isGone(guest, state, listed)) {
                if (guest.claimDeath()) {
                    start(guest, "died", () -> toolstack.tidyUp(guest));
                }
            } else if (state.shutdown()) {
                guest.config()
                        .deathActions()
                        .after(state.shutdownCode())
                        .filter(_ -> guest.claimShutdown())
                        .ifPresent(action -> start(guest, "shut down", () -> act(guest, action)));
            }
        }
        for (Guest guest : destroyed) {
            if (isGone(guest, guest.domain().state(), listed)) {
                means.records().forgetDestroyed(guest);
                hears(guest);
            }
        }
    }

    private static boolean isGone(Guest guest, DomainState state, Map<Integer, SimDomain> listed) {
        return state.isDead() || listed.get(state.domid()) != guest.domain();
    }

    private void hears(Guest guest) {
        means.note(guest, Party.XENSTORED, Party.TOOLSTACK, EVENT);
    }

    /** What has to be done, which may fail. */
    @FunctionalInterface
    private interface Deed {
        void run() throws ToolstackException, HypervisorException;
    }

    private void start(Guest guest, String what, Deed deed) {
        hears(guest);
        LOG.log(Level.DEBUG, "{0} {1}", guest, what);
        var _ = means.time().start("toolstack-death-" + guest.domain().domid(), () -> attempt(guest, deed));
    }

    private static void attempt(Guest guest, Deed deed) {
        try {
            deed.run();
        } catch (ToolstackException | HypervisorException | XenstoreException failure) {
            LOG.log(
                    Level.WARNING,
                    "What was to be done after the end of {0} failed: {1}",
                    guest,
                    Optional.ofNullable(failure.getMessage()).orElse(""));
        }
    }

    private void act(Guest guest, DeathAction action) throws ToolstackException, HypervisorException {
        switch (action) {
            case DESTROY -> toolstack.tidyUp(guest);
            case RESTART -> {
                var _ = toolstack.restart(guest.domain());
            }
            case SOFT_RESET -> resetOrEnd(guest);
            case PRESERVE -> means.note(guest, Party.TOOLSTACK, Party.TOOLSTACK, guest.domain() + " is preserved");
        }
    }

    /** A guest that can be neither here nor there is destroyed. */
    private void resetOrEnd(Guest guest) throws ToolstackException, HypervisorException {
        try {
            toolstack.softReset(guest.domain());
        } catch (ToolstackException | HypervisorException | XenstoreException failure) {
            toolstack.tidyUp(guest);
            throw failure;
        }
    }

    /** Guests that end from now on are left alone. */
    @Override
    public void close() {
        releases.close();
    }
}
