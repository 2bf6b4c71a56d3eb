package org.jxenstored.server;

import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.jxenstored.engine.Connection;
import org.jxenstored.engine.Engine;
import org.jxenstored.engine.RingLink;
import org.jxenstored.hypervisor.EventChannels;
import org.jxenstored.hypervisor.MappedRing;
import org.jxenstored.journal.RingImage;
import org.jxenstored.journal.RingState;
import org.jxenstored.protocol.Feature;
import org.jxenstored.protocol.RingPage;
import org.jxenstored.protocol.RingStream;
import org.jxenstored.protocol.Value;

/** A guest behind its shared page. It is looked at when its event channel fires, and now and then besides (S-RING-16). */
final class RingConnection implements RingLink, RingState, Turns.Output {
    private static final int NO_PORT = -1;

    private final Engine engine;
    private final Turns turns;
    private final Rings rings;
    private final EventChannels eventChannels;
    private final int domid;
    private final byte[] transfer = new byte[RingStream.CAPACITY];
    private MappedRing mapping;
    private RingPage page;
    private int port;
    private long gfn;
    private int remotePort;

    /** Index of the first byte of requests that was not taken off; ahead of the page's until it is published. */
    private int requests;

    /** Index of the first byte of responses that was not put; ahead of the page's until it is published. */
    private int responses;

    private boolean moved;
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
        this.page = mapping.page();
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
        return isAtMostFull(page.requests().producer() - image.requests())
                && isAtMostFull(image.responses() - page.responses().consumer());
    }

    private static boolean isAtMostFull(int bytes) {
        return Integer.compareUnsigned(bytes, RingStream.CAPACITY) <= 0;
    }

    /** Goes on where an earlier daemon was: what it did and did not publish is published now. */
    void resume(RingImage image) {
        page.requests().publishConsumer(image.requests());
        page.responses().publishProducer(image.responses());
        resumed = image.input();
    }

    @Override
    public void start(Connection started) {
        connection = started;
        reader = new RequestReader(engine, started);
        reader.feed(Unpooled.wrappedBuffer(resumed.toByteArray()));
        resumed = Value.EMPTY;
        requests = page.requests().consumer();
        responses = page.responses().producer();
        rings.journal().ifPresent(kept -> kept.begins(this));
        rings.lookLater(this);
    }

    /** Does all that can be done now: requests are served, output is written, the guest is told. */
    void look() {
        if (closed || connection == null || reader == null) {
            return;
        }
        if (page.connection() == RingPage.RECONNECT && Feature.RECONNECTION.in(connection.features())) {
            engine.reconnect(connection, this);
        }
        if (connection.isIgnored()) {
            return;
        }
        reader.beginTurn();
        looking = true;
        requests = page.requests().consumer();
        responses = page.responses().producer();
        try {
            boolean taken = serve(reader);
            // One signal tells of both: bytes that were taken, and bytes that were put there (S-RING-4).
            boolean written = put();
            if (written || taken) {
                publish();
                signal();
            }
            looking = false;
        } finally {
            if (looking) {
                looking = false;
                turns.flushLater(this);
            }
        }
        turns.endLater();
    }

    /** Returns true if bytes were taken off the ring. */
    private boolean serve(RequestReader from) {
        boolean taken = false;
        while (!closed) {
            switch (from.serve()) {
                case NEEDS_BYTES -> {
                    if (closed) {
                        return false;
                    }
                    int count = page.requests().readAt(requests, transfer, 0, transfer.length);
                    if (count <= 0) {
                        brokenIf(count == RingStream.BAD_INDEXES);
                        return taken;
                    }
                    from.feed(Unpooled.copiedBuffer(transfer, 0, count));
                    requests += count;
                    taken = true;
                    moved = true;
                }
                case HAS_MORE -> {
                    rings.lookLater(this);
                    return taken;
                }
                case HELD_BACK, BROKEN -> {
                    return taken;
                }
            }
        }
        return false;
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
        if (closed) {
            return;
        }
        requests = page.requests().consumer();
        responses = page.responses().producer();
        if (put()) {
            publish();
            signal();
        }
    }

    /** Once it is remembered what was done, the guest may see it. */
    private void publish() {
        if (closed) {
            return;
        }
        rings.journal().ifPresent(kept -> kept.commit(this));
        moved = false;
        page.responses().publishProducer(responses);
        page.requests().publishConsumer(requests);
    }

    /** Puts as much output as there is room for, not published yet; returns true if that is something. */
    private boolean put() {
        if (closed
                || connection == null
                || connection.isIgnored()
                || connection.output().isEmpty()) {
            return false;
        }
        int room = page.responses().room();
        brokenIf(room == RingStream.BAD_INDEXES);
        if (room <= 0) {
            return false;
        }
        ByteBuffer out = ByteBuffer.wrap(transfer, 0, room);
        connection.output().drainTo(out);
        int written = page.responses().writeAt(responses, transfer, 0, out.position());
        brokenIf(written != out.position());
        responses += out.position();
        return true;
    }

    // What is remembered

    @Override
    public int domid() {
        return domid;
    }

    @Override
    public int requests() {
        return requests;
    }

    @Override
    public int responses() {
        return responses;
    }

    @Override
    public boolean hasMoved() {
        return moved;
    }

    @Override
    public boolean hasInput() {
        return reader != null && reader.hasInput();
    }

    @Override
    public Value owed() {
        return connection == null ? Value.EMPTY : connection.output().owed();
    }

    @Override
    public RingImage image(long number, Value owed) {
        boolean ignored = connection != null && connection.isIgnored();
        Value input = reader == null ? Value.EMPTY : reader.input();
        return new RingImage(domid, number, gfn, remotePort, ignored, requests, responses, input, owed);
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
            page.setFeatures(features);
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
        if (!fresh.page().hasSameServerSideAs(page)) {
            fresh.close();
            return false;
        }
        // Where two pages look alike, the one that the domain of now looks at is the better one.
        mapping.close();
        this.gfn = gfn;
        mapping = fresh;
        page = fresh.page();
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
        port = rings.rebind(this, domid, page, remotePort).orElse(NO_PORT);
    }

    @Override
    public void restart() {
        if (closed) {
            return;
        }
        if (reader != null) {
            reader.clear();
        }
        page.requests().clear();
        page.responses().clear();
        requests = 0;
        responses = 0;
        rings.journal().ifPresent(kept -> kept.begins(this));
        if (connection != null && Feature.ERROR_INDICATOR.in(connection.features())) {
            page.setError(RingPage.ERROR_NONE);
        }
    }

    @Override
    public void acknowledgeReconnect() {
        if (endReconnect()) {
            signal();
        }
    }

    @Override
    public void announceService() {
        endReconnect();
        signal();
    }

    /** Returns true if the guest waited for it. */
    private boolean endReconnect() {
        boolean waits = !closed && page.connection() == RingPage.RECONNECT;
        if (waits) {
            page.setConnection(RingPage.CONNECTED);
        }
        return waits;
    }

    @Override
    public void announceError(int error) {
        if (reader != null) {
            reader.clear();
        }
        if (!closed && connection != null && Feature.ERROR_INDICATOR.in(connection.features())) {
            page.setError(error);
            signal();
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
