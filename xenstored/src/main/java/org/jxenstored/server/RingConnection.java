package org.jxenstored.server;

import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.jxenstored.engine.Connection;
import org.jxenstored.engine.Engine;
import org.jxenstored.engine.RingLink;
import org.jxenstored.hypervisor.EventChannels;
import org.jxenstored.hypervisor.MappedRing;
import org.jxenstored.journal.Journal;
import org.jxenstored.journal.RingImage;
import org.jxenstored.journal.RingState;
import org.jxenstored.protocol.Feature;
import org.jxenstored.protocol.RingPage;
import org.jxenstored.protocol.RingStream;
import org.jxenstored.protocol.Value;

/** A guest behind its shared page. It is looked at when its event channel fires, and now and then besides (S-RING-16). */
final class RingConnection implements RingLink, RingState, Turns.Output {
    private static final int NO_PORT = -1;

    /**
     * Output a guest may leave unread before no more of its requests are served, bytes. What waits here is remembered,
     * so it must not be much.
     */
    private static final int UNREAD_OUTPUT_MAX = 16 << 10;

    private final Engine engine;
    private final Turns turns;
    private final Rings rings;
    private final EventChannels eventChannels;
    private final int domid;
    private final byte[] transfer = new byte[RingStream.CAPACITY];
    private MappedRing mapping;
    private final RingProgress progress;
    private int port;
    private long gfn;
    private int remotePort;

    private Value resumed = Value.EMPTY;
    private @Nullable Connection connection;
    private @Nullable RequestReader reader;
    private boolean closed;

    /** While this is so the output that comes is written soon anyway. */
    private boolean looking;

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

    /** Goes on where an earlier daemon was: what it did and did not publish is published now. */
    void resume(RingImage image) {
        progress.resume(image.clears(), image.requests(), image.responses());
        resumed = image.input();
    }

    @Override
    public void start(Connection started) {
        connection = started;
        reader = new RequestReader(engine, started, UNREAD_OUTPUT_MAX);
        reader.feed(Unpooled.wrappedBuffer(resumed.toByteArray()));
        resumed = Value.EMPTY;
        progress.begin();
        rings.journal().ifPresent(kept -> kept.begins(this));
        rings.lookLater(this);
    }

    /** Does all that can be done now: requests are served, output is written, the guest is told. */
    void look() {
        if (connection == null || reader == null || !publish()) {
            return;
        }
        if (progress.page().connection() == RingPage.RECONNECT && Feature.RECONNECTION.in(connection.features())) {
            engine.reconnect(connection, this);
            if (!publish()) {
                return;
            }
        }
        if (connection.isIgnored()) {
            return;
        }
        reader.beginTurn();
        looking = true;
        progress.begin();
        try {
            serve(reader);
            put();
            publish();
            looking = false;
        } finally {
            if (looking) {
                looking = false;
                turns.flushLater(this);
            }
        }
        turns.endLater();
    }

    private void serve(RequestReader from) {
        while (!closed) {
            switch (from.serve()) {
                case NEEDS_BYTES -> {
                    if (closed) {
                        return;
                    }
                    int count = progress.take(transfer);
                    if (count <= 0) {
                        brokenIf(count == RingStream.BAD_INDEXES);
                        return;
                    }
                    from.feed(Unpooled.copiedBuffer(transfer, 0, count));
                }
                case HAS_MORE -> {
                    rings.lookLater(this);
                    return;
                }
                case HELD_BACK, BROKEN -> {
                    return;
                }
            }
        }
    }

    private void brokenIf(boolean badIndexes) {
        if (badIndexes && connection != null) {
            engine.protocolError(connection, RingPage.ERROR_BAD_INDEX, "its ring indexes contradict each other");
        }
    }

    @Override
    public void abandon() {
        cutOff("it cannot be written to");
    }

    @Override
    public void wake() {
        if (!looking) {
            turns.flushLater(this);
        }
    }

    @Override
    public void flush() {
        if (publish()) {
            progress.begin();
            put();
            publish();
        }
    }

    /**
     * Lets the guest see what was done, once that is remembered. One signal tells of all of it: bytes that were taken, and
     * bytes that were put there (S-RING-4).
     *
     * @return false if it cannot be remembered now: it is tried again when the ring is looked at next
     */
    private boolean publish() {
        if (closed || !progress.isAhead()) {
            return !closed;
        }
        Optional<Journal> journal = rings.journal();
        if (journal.isPresent() && !journal.get().commit(this)) {
            return false;
        }
        remembered();
        return !closed;
    }

    @Override
    public void remembered() {
        if (!closed && progress.isAhead() && progress.publish()) {
            signal();
        }
    }

    /** Puts as much output as there is room for, not published yet. */
    private void put() {
        if (closed
                || connection == null
                || connection.isIgnored()
                || connection.output().isEmpty()) {
            return;
        }
        int room = progress.room();
        brokenIf(room == RingStream.BAD_INDEXES);
        if (room > 0) {
            ByteBuffer out = ByteBuffer.wrap(transfer, 0, room);
            connection.output().drainTo(out);
            brokenIf(progress.put(transfer, out.position()) != out.position());
        }
    }

    // What is remembered

    @Override
    public int domid() {
        return domid;
    }

    @Override
    public int requests() {
        return progress.requests();
    }

    @Override
    public int responses() {
        return progress.responses();
    }

    @Override
    public int inputBytes() {
        return reader == null ? 0 : reader.inputBytes();
    }

    @Override
    public Value lastInput(int size) {
        return reader == null ? Value.EMPTY : reader.lastInput(size);
    }

    @Override
    public int owedBytes() {
        return connection == null ? 0 : connection.output().owedBytes();
    }

    @Override
    public Value lastOwed(int size) {
        return connection == null ? Value.EMPTY : connection.output().lastOwed(size);
    }

    @Override
    public int changesOfOwed() {
        return connection == null ? 0 : connection.output().changesOfOwed();
    }

    @Override
    public boolean isIgnored() {
        return connection != null && connection.isIgnored();
    }

    @Override
    public RingImage image(long number) {
        return new RingImage(
                domid,
                number,
                gfn,
                remotePort,
                isIgnored(),
                progress.clears(),
                requests(),
                responses(),
                lastInput(inputBytes()),
                lastOwed(owedBytes()));
    }

    private void signal() {
        if (!closed && port != NO_PORT) {
            eventChannels.signal(port);
        }
    }

    @Override
    public void resume() {
        rings.lookLater(this);
    }

    @Override
    public void cutOff(String reason) {
        if (connection != null) {
            engine.protocolError(connection, RingPage.ERROR_COMMUNICATION, reason);
        }
    }

    @Override
    public void announceFeatures(int features) {
        if (!closed) {
            progress.page().setFeatures(features);
        }
    }

    @Override
    public boolean remap(long gfn) {
        if (closed) {
            return true;
        }
        @Nullable MappedRing fresh = rings.map(domid, gfn).orElse(null);
        if (fresh == null) {
            return true;
        }
        if (!fresh.page().hasSameServerSideAs(progress.page())) {
            fresh.close();
            return false;
        }
        // Where two pages look alike, the one that the domain of now looks at is the better one.
        mapping.close();
        this.gfn = gfn;
        mapping = fresh;
        progress.goOnWith(fresh.page());
        return true;
    }

    @Override
    public void rebind(int remotePort) {
        if (closed) {
            return;
        }
        this.remotePort = remotePort;
        if (port != NO_PORT) {
            rings.unbind(port);
        }
        port = rings.rebind(this, domid, progress.page(), remotePort).orElse(NO_PORT);
    }

    @Override
    public void restart() {
        if (closed) {
            return;
        }
        if (reader != null) {
            reader.clear();
        }
        progress.clear(connection != null && Feature.ERROR_INDICATOR.in(connection.features()));
        rings.journal().ifPresent(kept -> kept.begins(this));
        publishLater();
    }

    @Override
    public void acknowledgeReconnect() {
        progress.acknowledge();
        publishLater();
    }

    /** At the end of the turn, or as soon as anybody else's progress is remembered. */
    private void publishLater() {
        if (rings.journal().isPresent()) {
            turns.endLater();
        } else {
            remembered();
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
    public void announceReturn() {
        signal();
    }

    @Override
    public void announceError(int error) {
        if (reader != null) {
            reader.clear();
        }
        if (!closed && connection != null && Feature.ERROR_INDICATOR.in(connection.features())) {
            progress.setError(error);
            turns.flushLater(this);
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            if (reader != null) {
                reader.clear();
            }
            if (port != NO_PORT) {
                rings.unbind(port);
            }
            rings.forget(this);
            rings.journal().ifPresent(kept -> kept.ends(this));
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
