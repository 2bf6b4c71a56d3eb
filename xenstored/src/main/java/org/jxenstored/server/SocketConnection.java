package org.jxenstored.server;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.util.ReferenceCountUtil;
import java.nio.ByteBuffer;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.jxenstored.engine.Connection;
import org.jxenstored.engine.Engine;
import org.jxenstored.engine.Link;
import org.jxenstored.engine.OutQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A client on a Unix or TCP socket. */
final class SocketConnection extends ChannelInboundHandlerAdapter implements Link, Turns.Output {
    private static final Logger log = LoggerFactory.getLogger(SocketConnection.class);

    /** Bytes given to the channel before it has to have written some of them. */
    private static final int CHANNEL_BUFFER = 64 << 10;

    private final Engine engine;
    private final Turns turns;
    private final Channel channel;
    private final Connection connection;
    private final RequestReader reader;
    private boolean reads = true;
    private boolean serveIsPlanned;
    private boolean cutOff;

    SocketConnection(Engine engine, Turns turns, Channel channel, OptionalInt domid) {
        this.engine = engine;
        this.turns = turns;
        this.channel = channel;
        this.connection = domid.isPresent() ? engine.connectAs(domid.getAsInt(), this) : engine.connectSocket(this);
        this.reader = new RequestReader(engine, connection);
        channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(CHANNEL_BUFFER / 2, CHANNEL_BUFFER));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (cutOff) {
            ReferenceCountUtil.release(message);
        } else if (message instanceof ByteBuf bytes) {
            reader.feed(bytes);
            serve();
        }
    }

    /**
     * Netty closes the channel of a client that closed its sending side right after this, so its replies go out now.
     * What does not fit the socket then, or is left for a later turn, is lost with the client (S-BUF-1).
     */
    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        flush();
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
        if (!serveIsPlanned) {
            serveIsPlanned = true;
            turns.later(() -> {
                serveIsPlanned = false;
                if (!cutOff && channel.isActive()) {
                    serve();
                }
            });
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
        OutQueue output = connection.output();
        boolean wrote = false;
        while (!output.isEmpty() && channel.isActive() && channel.isWritable()) {
            int size = (int) Math.min(output.bytes(), CHANNEL_BUFFER);
            ByteBuf buffer = channel.alloc().ioBuffer(size, size);
            ByteBuffer target = buffer.internalNioBuffer(0, size);
            int start = target.position();
            output.drainTo(target);
            var _ = channel.write(buffer.writerIndex(target.position() - start), channel.voidPromise());
            wrote = true;
        }
        if (wrote) {
            channel.flush();
        }
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
            log.warn("closing {}: {}", connection, reason);
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
