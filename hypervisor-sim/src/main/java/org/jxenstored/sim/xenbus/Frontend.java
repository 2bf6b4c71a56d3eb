package org.jxenstored.sim.xenbus;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.jxenstored.client.Transaction;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.sim.host.SimDomain;
import org.jxenstored.sim.timeline.Party;

/** The driver of one device in its guest: offers its rings to the backend and follows the backend's state. */
public final class Frontend {
    private final DeviceId device;
    private final DeviceNodes nodes;
    private final DeviceNodes backend;
    private final int backendDomid;
    private volatile XenbusState state = XenbusState.INITIALISING;
    private volatile @Nullable OfferedRings rings;
    private Xenbus.@Nullable Registration watch;

    Frontend(DeviceId device, DeviceNodes nodes, DeviceNodes backend, int backendDomid) {
        this.device = device;
        this.nodes = nodes;
        this.backend = backend;
        this.backendDomid = backendDomid;
    }

    /** What it has written to its state node. */
    public XenbusState state() {
        return state;
    }

    /**
     * Puts a question into its ring pages and signals the backend; true when the backend has answered in the same
     * pages and signalled back, false if there is no connection or it ends before. From any thread.
     *
     * @throws HypervisorException if the guest is being destroyed
     */
    public CompletableFuture<Boolean> ping() throws HypervisorException {
        OfferedRings now = rings;
        return now == null ? CompletableFuture.completedFuture(false) : now.ask();
    }

    /** Begins, whatever an earlier kernel left in the state node. */
    void begin(XenbusState found, Xenbus.Handler whenBackendMoves) {
        if (found != XenbusState.INITIALISING) {
            enter(XenbusState.INITIALISING);
        }
        watch = nodes.xenbus().watch(backend.statePath(), whenBackendMoves);
    }

    /** True if a toolstack has written these nodes anew, so that all that was done for them is void. */
    boolean isReplaced(XenbusState found) {
        return found == XenbusState.INITIALISING && state != XenbusState.INITIALISING;
    }

    /** Looks at the backend's state. */
    void followBackend() throws HypervisorException {
        Optional<XenbusState> seen = backend.state();
        switch (seen.orElse(XenbusState.CLOSED)) {
            case INIT_WAIT -> {
                if (state == XenbusState.INITIALISING) {
                    offer();
                }
            }
            case CONNECTED -> {
                if (state == XenbusState.INITIALISED) {
                    enter(XenbusState.CONNECTED);
                }
            }
            case CLOSING, CLOSED -> {
                if (rings != null) {
                    giveUp();
                }
            }
            default -> {
                // The backend has more to do.
            }
        }
    }

    private void offer() throws HypervisorException {
        OfferedRings offered = new OfferedRings(
                domain(), backendDomid, device.type().ringNodes().size());
        rings = offered;
        boolean written = nodes.xenbus().transaction(transaction -> {
            boolean exists = transaction.exists(nodes.statePath());
            if (exists) {
                writeOffer(transaction, offered);
            }
            return exists;
        });
        if (written) {
            note(device + ": ring-ref "
                    + offered.references().stream().map(String::valueOf).collect(Collectors.joining(", "))
                    + ", event-channel " + offered.port());
            enter(device.type().whenOffered());
        }
    }

    private void writeOffer(Transaction transaction, OfferedRings offered) {
        for (int i = 0; i < offered.references().size(); i++) {
            String reference = Integer.toString(offered.references().get(i));
            transaction.write(nodes.path(device.type().ringNodes().get(i)), reference);
        }
        transaction.write(nodes.path("event-channel"), Integer.toString(offered.port()));
    }

    /** Takes the rings back and says that the device is closed. */
    void giveUp() {
        release();
        enter(XenbusState.CLOSED);
    }

    /** Takes the rings back and forgets the backend. */
    void end() {
        release();
        if (watch != null) {
            watch.close();
        }
    }

    private void release() {
        OfferedRings now = rings;
        rings = null;
        if (now != null) {
            now.close();
        }
    }

    private void enter(XenbusState next) {
        state = next;
        if (nodes.switchTo(next)) {
            note(device + ": state " + next);
        }
    }

    void note(String what) {
        domain().host().timeline().note(domain().uniqueId(), Party.domain(domain().domid()), Party.XENSTORED, what);
    }

    private SimDomain domain() {
        return nodes.xenbus().domain();
    }
}
