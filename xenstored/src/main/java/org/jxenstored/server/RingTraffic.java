package org.jxenstored.server;

import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jxenstored.engine.Connection;
import org.jxenstored.engine.Engine;
import org.jxenstored.journal.Journal;
import org.jxenstored.journal.RingImage;
import org.jxenstored.journal.RingState;
import org.jxenstored.protocol.Feature;
import org.jxenstored.protocol.RingPage;
import org.jxenstored.protocol.RingStream;
import org.jxenstored.protocol.Value;

/**
 * The bytes between a guest's page and its connection. The guest sees nothing of what was done before that is
 * remembered.
 */
final class RingTraffic implements RingState, Turns.Output {
    /**
     * Output a guest may leave unread before no more of its requests are served, bytes. What waits here is remembered,
     * so it must not be much.
     */
    private static final int UNREAD_OUTPUT_MAX = 16 << 10;

    private final Engine engine;
    private final Turns turns;
    private final Rings rings;
    private final RingConnection ring;
    private final RingProgress progress;
    private final Connection connection;
    private final RequestReader reader;
    private final byte[] transfer = new byte[RingStream.CAPACITY];
    private boolean closed;

    /** While this is so the output that comes is written soon anyway. */
    private boolean looking;

    /** Somebody says when requests may be served again. */
    private boolean heldBack;

    RingTraffic(
            Engine engine,
            Turns turns,
            Rings rings,
            RingConnection ring,
            RingProgress progress,
            Connection connection) {
        this.engine = engine;
        this.turns = turns;
        this.rings = rings;
        this.ring = ring;
        this.progress = progress;
        this.connection = connection;
        Share share = RequestReader.shareOfGuest(turns.clock());
        this.reader = new RequestReader(engine, share, connection, UNREAD_OUTPUT_MAX);
    }

    /** @param taken bytes that an earlier daemon took off and did not serve */
    void begin(Value taken) {
        reader.feed(Unpooled.wrappedBuffer(taken.toByteArray()));
        progress.begin();
        rings.journal().ifPresent(kept -> kept.begins(this));
        rings.lookLater(ring);
    }

    /** Does all that can be done now: requests are served, output is written, the guest is told. */
    void look() {
        if (!publish()) {
            return;
        }
        if (progress.page().connection() == RingPage.RECONNECT && Feature.RECONNECTION.in(connection.features())) {
            engine.reconnect(connection, ring);
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
            serve();
            put();
            publishAndLookAgain();
            looking = false;
        } finally {
            if (looking) {
                looking = false;
                turns.flushLater(this);
            }
        }
        turns.endLater();
    }

    private void serve() {
        heldBack = false;
        while (!closed) {
            switch (reader.serve()) {
                case NEEDS_BYTES -> {
                    if (closed) {
                        return;
                    }
                    int count = progress.take(transfer);
                    if (count <= 0) {
                        brokenIf(count == RingStream.BAD_INDEXES);
                        return;
                    }
                    reader.feed(Unpooled.copiedBuffer(transfer, 0, count));
                }
                case HAS_MORE -> {
                    rings.lookLater(ring);
                    return;
                }
                case HELD_BACK -> {
                    heldBack = true;
                    return;
                }
                case BROKEN -> {
                    return;
                }
            }
        }
    }

    private void brokenIf(boolean badIndexes) {
        if (badIndexes) {
            breakOff(RingPage.ERROR_BAD_INDEX, "its ring indexes contradict each other");
        }
    }

    /** The guest is ignored from now on, and told of this error. */
    void breakOff(int error, String reason) {
        engine.protocolError(connection, error, reason);
    }

    /** Output is there. */
    void wake() {
        if (!looking) {
            turns.flushLater(this);
        }
    }

    @Override
    public void flush() {
        if (publish()) {
            progress.begin();
            put();
            publishAndLookAgain();
        }
    }

    @Override
    public void abandon() {
        breakOff(RingPage.ERROR_COMMUNICATION, "it cannot be written to");
    }

    /** Puts as much output as there is room for, not published yet. */
    private void put() {
        if (closed || connection.isIgnored() || connection.output().isEmpty()) {
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

    /**
     * As {@link #publish}. A guest that could not see yet how far the server is took it for busy, and need not have
     * signalled what it did: Linux signals a request only if all before it were taken, and room only if there was none.
     */
    private void publishAndLookAgain() {
        if (publish() && (canServe() || canPut())) {
            rings.lookLater(ring);
        }
    }

    private boolean canServe() {
        return !heldBack && progress.hasMoreRequests();
    }

    private boolean canPut() {
        return !connection.output().isEmpty() && progress.hasRoom();
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
    public void remembered() {
        if (!closed && progress.isAhead() && progress.publish()) {
            ring.signal();
        }
    }

    /** All begins anew: what was half done is forgotten. */
    void restart() {
        reader.clear();
        progress.clear(Feature.ERROR_INDICATOR.in(connection.features()));
        rings.journal().ifPresent(kept -> kept.begins(this));
        publishLater();
    }

    /** Tells a guest that waits for it that it is served. */
    void acknowledgeReconnect() {
        progress.acknowledge();
        publishLater();
    }

    /** The guest broke the protocol: it is told how, if it understands. */
    void announceError(int error) {
        reader.clear();
        if (!closed && Feature.ERROR_INDICATOR.in(connection.features())) {
            progress.setError(error);
            turns.flushLater(this);
        }
    }

    void close() {
        closed = true;
        reader.clear();
        rings.journal().ifPresent(kept -> kept.ends(this));
    }

    // What is remembered

    @Override
    public int domid() {
        return ring.domid();
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
        return reader.inputBytes();
    }

    @Override
    public Value lastInput(int size) {
        return reader.lastInput(size);
    }

    @Override
    public int owedBytes() {
        return connection.output().owedBytes();
    }

    @Override
    public Value lastOwed(int size) {
        return connection.output().lastOwed(size);
    }

    @Override
    public int changesOfOwed() {
        return connection.output().changesOfOwed();
    }

    @Override
    public boolean isIgnored() {
        return connection.isIgnored();
    }

    @Override
    public RingImage image(long number) {
        return new RingImage(
                domid(),
                number,
                ring.gfn(),
                ring.remotePort(),
                isIgnored(),
                progress.clears(),
                requests(),
                responses(),
                lastInput(inputBytes()),
                lastOwed(owedBytes()));
    }
}
