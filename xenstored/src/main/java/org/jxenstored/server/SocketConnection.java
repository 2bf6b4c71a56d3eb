package org.jxenstored.server;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.nio.ByteBuffer;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.jxenstored.engine.Connection;
import org.jxenstored.engine.Engine;
import org.jxenstored.engine.Link;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A client on a Unix or TCP socket. */
final class SocketConnection extends ChannelInboundHandlerAdapter implements Link, Turns.Output, GuestTurns.Guest {
    private static final Logger log = LoggerFactory.getLogger(SocketConnection.class);

    /** Output a client may leave unread before no more of its requests are served, bytes. */
    private static final int UNREAD_OUTPUT_MAX = 256 << 10;

    private final Engine engine;
    private final Turns turns;
    private final GuestTurns guests;
    private final Channel channel;
    private final Connection connection;
    private final boolean isGuest;
    private final RequestReader reader;
    private final SocketWriter writer;
    private boolean reads = true;
    private boolean serveIsPlanned;
    private boolean cutOff;

    SocketConnection(
            Engine engine, Turns turns, GuestTurns guests, Channel channel, OptionalInt domid, ByteBuffer transfer) {
        this.engine = engine;
        this.turns = turns;
        this.guests = guests;
        this.channel = channel;
        this.connection = domid.isPresent() ? engine.connectAs(domid.getAsInt(), this) : engine.connectSocket(this);
        this.isGuest = connection.isLimited();
        Share share = isGuest ? RequestReader.shareOfGuest(turns.clock()) : RequestReader.shareOfHost(turns.clock());
        this.reader = new RequestReader(engine, share, connection, UNREAD_OUTPUT_MAX);
        this.writer = new SocketWriter(channel, transfer);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (cutOff) {
            ReferenceCountUtil.release(message);
        } else if (message instanceof ByteBuf bytes) {
            reader.feed(bytes);
            if (!isGuest) {
                serve();
            } else if (!guests.serve(this)) {
                read(false);
            }
        }
    }

    /**
     * Netty closes the channel of a client that closed its sending side right after this, so its replies go out now.
     * What does not fit the socket then, or is left for a later turn, is lost with the client (S-BUF-1).
     */
    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        turns.flushNow(this);
    }

    private void serve() {
        reader.beginTurn();
        switch (reader.serve()) {
            case NEEDS_BYTES -> read(true);
            case HAS_MORE -> {
                read(false);
                serveLater();
            }
            case HELD_BACK -> read(false);
            case BROKEN -> reader.clear();
        }
        turns.endLater();
    }

    private void serveLater() {
        if (isGuest) {
            guests.serveLater(this);
        } else if (!serveIsPlanned) {
            serveIsPlanned = true;
            turns.later(() -> {
                serveIsPlanned = false;
                serveNow();
            });
        }
    }

    @Override
    public void serveNow() {
        if (!cutOff && channel.isActive()) {
            serve();
        }
    }

    private void read(boolean wanted) {
        if (reads != wanted) {
            reads = wanted;
            channel.config().setAutoRead(wanted);
        }
    }

    @Override
    public void wake() {
        turns.flushLater(this);
    }

    @Override
    public void flush() {
        writer.write(connection.output());
        if (!reader.hasTooMuchUnread()) {
            resume();
        }
    }

    @Override
    public void abandon() {
        cutOff("it cannot be written to");
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (channel.isWritable()) {
            turns.flushLater(this);
        }
    }

    @Override
    public void resume() {
        if (!reads) {
            serveLater();
        }
    }

    @Override
    public void cutOff(String reason) {
        if (!cutOff) {
            cutOff = true;
            if (connection.domain().warnings().cutOff(turns.clock().millis())) {
                log.warn("closing {}: {}", connection, reason);
            } else {
                log.debug("closing {}: {}", connection, reason);
            }
            turns.later(() -> {
                var _ = channel.close();
            });
        }
    }

    @Override
    public String describe() {
        return "socket " + channel.id().asShortText();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        guests.leave(this);
        reader.clear();
        engine.disconnect(connection);
        turns.endLater();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, @Nullable Throwable cause) {
        log.debug("{}", connection, cause);
        var _ = context.close();
    }

    @Override
    public String toString() {
        return connection.toString();
    }
}
