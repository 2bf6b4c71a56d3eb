package org.jxenstored.listener;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells people why a listening socket cannot accept; the bootstrap pauses and tries again. */
@Sharable
final class AcceptFailures extends ChannelInboundHandlerAdapter {
    private static final Logger log = LoggerFactory.getLogger(AcceptFailures.class);

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        log.error(
                "{}: cannot accept a connection ({}); if files ran out, raise the limit (ulimit -n)",
                context.channel().localAddress(),
                cause.getMessage());
        context.fireExceptionCaught(cause);
    }
}
