package org.jxenstored.sim.xenbus;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.protocol.Numbers;
import org.jxenstored.sim.host.SimDomain;
import org.jxenstored.sim.timeline.Party;

/**
 * The driver of one device in the backend's domain: maps what the frontend offers, and lets go when it is over
 * (lifecycle.md 10, 13).
 */
final class Backend {
    private final BackendId device;
    private final DeviceNodes nodes;
    private final DeviceNodes frontend;
    private final BackendManner manner;
    private final long guestsUniqueId;
    private XenbusState state = XenbusState.INITIALISING;
    private boolean online = true;
    private @Nullable MappedRings rings;
    private Xenbus.@Nullable Registration watch;
    private boolean stubborn;

    Backend(BackendId device, DeviceNodes nodes, DeviceNodes frontend, BackendManner manner) {
        this.device = device;
        this.nodes = nodes;
        this.frontend = frontend;
        this.manner = manner;
        this.guestsUniqueId =
                domain().host().find(device.guest()).map(SimDomain::uniqueId).orElse(0L);
    }

    /** Begins, unless a toolstack wants it closed already. */
    void begin(XenbusState found, Xenbus.Handler whenFrontendMoves) {
        lookAtOnline();
        if (found == XenbusState.CLOSING || found == XenbusState.CLOSED || !online) {
            enter(XenbusState.CLOSED);
            return;
        }
        enter(XenbusState.INIT_WAIT);
        watch = nodes.xenbus().watch(frontend.statePath(), whenFrontendMoves);
    }

    /** True if a toolstack has written these nodes anew, so that all that was done for them is void. */
    boolean isReplaced(XenbusState found) {
        return found == XenbusState.INITIALISING && state != XenbusState.INITIALISING;
    }

    /** A toolstack may have asked for the end. */
    void obey(XenbusState found, boolean onlineMayHaveChanged) {
        if (onlineMayHaveChanged) {
            lookAtOnline();
        }
        boolean asked = found == XenbusState.CLOSING || (found == XenbusState.CLOSED && state != XenbusState.CLOSED);
        if (asked || (!online && state != XenbusState.CLOSED)) {
            leave(XenbusState.CLOSED);
        }
    }

    private void lookAtOnline() {
        online = !nodes.text("online").orElse("1").equals("0");
    }

    /** Looks at the frontend's state. */
    void followFrontend() throws HypervisorException {
        if (!online) {
            return;
        }
        // A frontend that is gone, or hidden because its domain is dead, is closed as well.
        switch (frontend.state().orElse(XenbusState.CLOSED)) {
            case INITIALISING -> {
                if (state != XenbusState.INIT_WAIT) {
                    leave(XenbusState.INIT_WAIT);
                }
            }
            case INITIALISED, CONNECTED -> {
                if (state == XenbusState.INIT_WAIT) {
                    connect();
                }
            }
            case CLOSING, CLOSED -> {
                if (rings != null) {
                    leave(XenbusState.CLOSED);
                }
            }
            default -> {
                // The frontend has more to do.
            }
        }
    }

    private void connect() throws HypervisorException {
        List<Integer> references = new ArrayList<>();
        for (String name : device.type().ringNodes()) {
            OptionalInt reference = Numbers.decimalInt(frontend.text(name).orElse(""), Integer.MAX_VALUE);
            reference.ifPresent(references::add);
        }
        OptionalInt port = Numbers.decimalInt(frontend.text("event-channel").orElse(""), Integer.MAX_VALUE);
        if (port.isEmpty() || references.size() < device.type().ringNodes().size()) {
            note("cannot connect backend " + device + ": its ring-ref or event-channel is missing or no number");
            leave(XenbusState.CLOSED);
            return;
        }
        rings = new MappedRings(domain(), device.guest(), references, port.getAsInt());
        enter(XenbusState.CONNECTED);
    }

    /** Lets go of the pages and says so, if its manner is good. */
    void leave(XenbusState next) {
        if (!holdsFast()) {
            release();
            enter(next);
        }
    }

    /** Lets go of the pages and forgets the frontend; false if it never will. */
    boolean end() {
        if (holdsFast()) {
            return false;
        }
        release();
        if (watch != null) {
            watch.close();
        }
        return true;
    }

    private boolean holdsFast() {
        if (manner == BackendManner.GOOD || rings == null) {
            return false;
        }
        if (!stubborn) {
            stubborn = true;
            note("never lets go of " + device);
        }
        return true;
    }

    private void release() {
        if (rings != null) {
            rings.close();
            rings = null;
        }
    }

    private void enter(XenbusState next) {
        state = next;
        if (nodes.switchTo(next)) {
            note("backend " + device + ": state " + next);
        }
    }

    void note(String what) {
        domain().host().timeline().note(guestsUniqueId, Party.domain(domain().domid()), Party.XENSTORED, what);
    }

    private SimDomain domain() {
        return nodes.xenbus().domain();
    }
}
