package org.jxenstored.server;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.jxenstored.engine.Connection;
import org.jxenstored.engine.Engine;
import org.jxenstored.engine.RingLink;
import org.jxenstored.hypervisor.EventChannels;
import org.jxenstored.hypervisor.MappedRing;
import org.jxenstored.journal.RingImage;
import org.jxenstored.journal.RingState;
import org.jxenstored.protocol.RingPage;
import org.jxenstored.protocol.RingStream;
import org.jxenstored.protocol.Value;

/**
 * A guest behind its shared page, with its event channel. It is looked at when that fires, and now and then besides
 * (S-RING-16).
 */
final class RingConnection implements RingLink, GuestTurns.Guest {
    private static final int NO_PORT = -1;

    private final Engine engine;
    private final Turns turns;
    private final Rings rings;
    private final EventChannels eventChannels;
    private final int domid;
    private final RingProgress progress;
    private MappedRing mapping;
    private int port;
    private long gfn;
    private int remotePort;
    private boolean closed;

    /** What an earlier daemon took off and did not serve. */
    private Value taken = Value.EMPTY;

    /** There is some once the connection is started. */
    private @Nullable RingTraffic traffic;

    RingConnection(
            Engine engine,
            Turns turns,
            Rings rings,
            EventChannels eventChannels,
            Place place,
            MappedRing mapping,
            int port) {
        this.engine = engine;
        this.turns = turns;
        this.rings = rings;
        this.eventChannels = eventChannels;
        this.domid = place.domid();
        this.gfn = place.gfn();
        this.remotePort = place.remotePort();
        this.mapping = mapping;
        this.progress = new RingProgress(mapping.page());
        this.port = port;
    }

    /**
     * Where a guest is found.
     *
     * @param gfn frame number from INTRODUCE
     * @param remotePort the guest's port
     */
    record Place(int domid, long gfn, int remotePort) {}

    /**
     * True if the page may be the one that an earlier daemon left like that. A kernel that was booted since then has another
     * one, whose indexes are elsewhere.
     */
    boolean mayBe(RingImage image) {
        RingPage page = progress.page();
        return image.clears()
                || (isAtMostFull(page.requests().producer() - image.requests())
                        && isAtMostFull(image.responses() - page.responses().consumer()));
    }

    private static boolean isAtMostFull(int bytes) {
        return Integer.compareUnsigned(bytes, RingStream.CAPACITY) <= 0;
    }

    /** Goes on where an earlier daemon was: what it did and did not publish is published now. */
    void resume(RingImage image) {
        progress.resume(image.clears(), image.requests(), image.responses());
        taken = image.input();
    }

    @Override
    public void start(Connection connection) {
        traffic = new RingTraffic(engine, turns, rings, this, progress, connection);
        traffic.begin(taken);
        taken = Value.EMPTY;
    }

    @Override
    public void serveNow() {
        if (traffic != null) {
            traffic.look();
        }
    }

    int domid() {
        return domid;
    }

    long gfn() {
        return gfn;
    }

    int remotePort() {
        return remotePort;
    }

    /** How far it is; empty before the start. */
    Optional<RingState> state() {
        return Optional.ofNullable(traffic);
    }

    void signal() {
        if (!closed && port != NO_PORT) {
            eventChannels.signal(port);
        }
    }

    @Override
    public void wake() {
        if (traffic != null) {
            traffic.wake();
        }
    }

    @Override
    public void resume() {
        rings.lookLater(this);
    }

    @Override
    public void cutOff(String reason) {
        if (traffic != null) {
            traffic.breakOff(RingPage.ERROR_COMMUNICATION, reason);
        }
    }

    @Override
    public void announceFeatures(int features) {
        if (!closed) {
            progress.page().setFeatures(features);
        }
    }

    @Override
    public boolean remap(long newGfn) {
        if (closed) {
            return true;
        }
        @Nullable MappedRing fresh = rings.map(domid, newGfn).orElse(null);
        if (fresh == null) {
            return true;
        }
        if (!fresh.page().hasSameServerSideAs(progress.page())) {
            fresh.close();
            return false;
        }
        // Where two pages look alike, the one that the domain of now looks at is the better one.
        mapping.close();
        gfn = newGfn;
        mapping = fresh;
        progress.goOnWith(fresh.page());
        return true;
    }

    @Override
    public void rebind(int newRemotePort) {
        if (closed) {
            return;
        }
        remotePort = newRemotePort;
        if (port != NO_PORT) {
            rings.unbind(port);
        }
        port = rings.rebind(this, domid, progress.page(), newRemotePort).orElse(NO_PORT);
    }

    @Override
    public void restart() {
        if (!closed && traffic != null) {
            traffic.restart();
        }
    }

    @Override
    public void acknowledgeReconnect() {
        if (traffic != null) {
            traffic.acknowledgeReconnect();
        }
    }

    @Override
    public void announceService() {
        if (!closed) {
            progress.endReconnect();
            signal();
        }
    }

    @Override
    public void nudge() {
        signal();
    }

    @Override
    public void announceError(int error) {
        if (traffic != null) {
            traffic.announceError(error);
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            if (port != NO_PORT) {
                rings.unbind(port);
            }
            rings.forget(this);
            if (traffic != null) {
                traffic.close();
            }
            mapping.close();
        }
    }

    @Override
    public String describe() {
        return "ring of domain " + domid;
    }

    @Override
    public String toString() {
        return describe();
    }
}
