package org.jxenstored.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteOrder;
import org.jxenstored.engine.Connection;
import org.jxenstored.engine.Engine;
import org.jxenstored.protocol.Header;
import org.jxenstored.protocol.Message;
import org.jxenstored.protocol.RingPage;
import org.jxenstored.protocol.Value;

/** Cuts a stream of bytes into requests and has them served, as long as the engine admits them. */
final class RequestReader {
    /** Requests one connection gets served at most before the others have their turn. */
    private static final int REQUESTS_PER_TURN = 64;

    /** Of a guest none is begun after so long. */
    private static final long NANOS_PER_TURN = 250_000;

    private static final boolean IS_LITTLE_ENDIAN = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

    /** Why it stopped. */
    enum State {
        /** No whole request is left. */
        NEEDS_BYTES,
        /** Its share of this turn is used up; call again in the next. */
        HAS_MORE,
        /** The engine will say when it may go on, or the other end has to read first. */
        HELD_BACK,
        /** The other end broke the protocol. */
        BROKEN
    }

    private final Engine engine;
    private final Connection connection;
    private final int unreadMax;
    private final Share share;
    private ByteBuf bytes = Unpooled.EMPTY_BUFFER;

    /**
     * @param share what it gets of a turn
     * @param unreadMax output the other end may leave unread before no more of its requests are served, bytes
     */
    RequestReader(Engine engine, Share share, Connection connection, int unreadMax) {
        this.engine = engine;
        this.connection = connection;
        this.unreadMax = unreadMax;
        this.share = share;
    }

    /** What a guest gets of a turn. */
    static Share shareOfGuest(ServerClock clock) {
        return new Share(clock, REQUESTS_PER_TURN, NANOS_PER_TURN);
    }

    /**
     * What one of the host's own programs gets of a turn. Not by time: who goes away after asking has but one turn.
     */
    static Share shareOfHost(ServerClock clock) {
        return Share.ofPieces(clock, REQUESTS_PER_TURN);
    }

    /** Takes bytes that came in, and the duty to release them. */
    void feed(ByteBuf more) {
        if (!bytes.isReadable()) {
            bytes.release();
            bytes = more;
        } else {
            ByteBuf joined = more.alloc().buffer(bytes.readableBytes() + more.readableBytes());
            joined.writeBytes(bytes).writeBytes(more);
            bytes.release();
            more.release();
            bytes = joined;
        }
    }

    /** Gives the connection a new share of requests. */
    void beginTurn() {
        share.begin();
    }

    /** Serves what is there, as far as the share of this turn goes. */
    State serve() {
        while (share.isLeft()) {
            if (connection.isClosed() || !bytes.isReadable()) {
                clear();
                return State.NEEDS_BYTES;
            }
            if (bytes.readableBytes() < Header.SIZE) {
                return State.NEEDS_BYTES;
            }
            Header header = header();
            if (!header.lengthIsLegal()) {
                String length = Integer.toUnsignedString(header.length());
                engine.protocolError(connection, RingPage.ERROR_PROTOCOL, "it sent a payload of " + length + " bytes");
                return State.BROKEN;
            }
            if (bytes.readableBytes() < Header.SIZE + header.length()) {
                return State.NEEDS_BYTES;
            }
            if (!isAdmitted(header)) {
                return State.HELD_BACK;
            }
            byte[] payload = new byte[header.length()];
            bytes.skipBytes(Header.SIZE).readBytes(payload);
            engine.handle(
                    connection,
                    new Message(header.type(), header.requestId(), header.transactionId(), Value.owning(payload)));
            share.use();
        }
        return State.HAS_MORE;
    }

    /** The header at the front; not a view of the bytes as a buffer, which would be one more object each time. */
    private Header header() {
        return new Header(word(0), word(1), word(2), word(3));
    }

    private int word(int number) {
        int index = bytes.readerIndex() + Integer.BYTES * number;
        return IS_LITTLE_ENDIAN ? bytes.getIntLE(index) : bytes.getInt(index);
    }

    private boolean isAdmitted(Header header) {
        engine.tellAll(connection);
        return !hasTooMuchUnread() && engine.admits(connection, header.type());
    }

    /** True while the other end has to read before it is served. */
    boolean hasTooMuchUnread() {
        return connection.output().bytes() > unreadMax;
    }

    /** How many bytes there are that were not served. */
    int inputBytes() {
        return bytes.readableBytes();
    }

    /** The last of the bytes that were not served, so many. */
    Value lastInput(int size) {
        byte[] copy = new byte[size];
        bytes.getBytes(bytes.writerIndex() - size, copy);
        return Value.owning(copy);
    }

    /** Forgets what was not served yet, a half-read request too. */
    void clear() {
        bytes.release();
        bytes = Unpooled.EMPTY_BUFFER;
    }
}
