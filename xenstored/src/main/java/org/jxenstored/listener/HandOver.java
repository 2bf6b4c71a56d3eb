package org.jxenstored.listener;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits at the end of a new channel's pipeline until the client is ready to be served, hands it over and leaves. */
final class HandOver extends ChannelInboundHandlerAdapter {
    private static final Logger log = LoggerFactory.getLogger(HandOver.class);

    private final Accepted accepted;
    private final OptionalInt domid;
    private final boolean afterHandshake;

    HandOver(Accepted accepted, OptionalInt domid, boolean afterHandshake) {
        this.accepted = accepted;
        this.domid = domid;
        this.afterHandshake = afterHandshake;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        if (!afterHandshake) {
            handOver(context);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            if (handshake.isSuccess()) {
                handOver(context);
            } else {
                refused(context, handshake.cause());
            }
        }
    }

    private void handOver(ChannelHandlerContext context) {
        accepted.accept(context.channel(), domid);
        context.fireChannelActive();
        context.pipeline().remove(this);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        refused(context, cause);
    }

    private static void refused(ChannelHandlerContext context, Throwable cause) {
        if (context.channel().isOpen()) {
            log.warn("client {} is refused: {}", context.channel().remoteAddress(), cause.getMessage());
        }
        var _ = context.close();
    }
}
