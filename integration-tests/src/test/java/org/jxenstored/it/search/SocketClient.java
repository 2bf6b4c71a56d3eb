package org.jxenstored.it.search;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.jxenstored.it.transcript.Stream;
import org.jxenstored.server.XenstoreServer;

/** A privileged program at a socket; what is sent to it is read at once. */
final class SocketClient extends Client {
    private final BooleanSupplier serverLives;
    private @Nullable EmbeddedChannel channel;

    /** @param serverLives false once the server was killed: nothing that it sends now ever left it */
    SocketClient(Listener listener, BooleanSupplier serverLives) {
        super(listener);
        this.serverLives = serverLives;
    }

    /** Connects; on the daemon's event loop. */
    void connect(XenstoreServer server) {
        EmbeddedChannel opened = new EmbeddedChannel(new Inbox());
        channel = opened;
        server.accept(opened, OptionalInt.empty());
    }

    @Override
    void write(byte[] bytes) {
        if (channel != null) {
            channel.writeInbound(Unpooled.wrappedBuffer(bytes));
        }
    }

    /** Closes its end. */
    void close() {
        if (channel != null) {
            var _ = channel.close();
            channel = null;
        }
        begin(null);
    }

    /** The server is gone, and says nothing of it. */
    void lose() {
        channel = null;
        begin(null);
    }

    private final class Inbox extends ChannelOutboundHandlerAdapter {
        private final Stream received = new Stream();

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            ByteBuf part = (ByteBuf) message;
            received.add(ByteBufUtil.getBytes(part));
            part.release();
            promise.setSuccess();
            for (var next = received.take(); next.isPresent(); next = received.take()) {
                if (serverLives.getAsBoolean()) {
                    take(next.get());
                }
            }
        }
    }
}
