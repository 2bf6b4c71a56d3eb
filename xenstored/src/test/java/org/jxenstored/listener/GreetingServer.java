package org.jxenstored.listener;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;

/** Says "domain N" (or "own domain") to each new client and sends back what it says. */
final class GreetingServer implements Accepted {
    @Override
    public void accept(Channel channel, OptionalInt domid) {
        String greeting = domid.isPresent() ? "domain " + domid.getAsInt() : "own domain";
        channel.pipeline().addLast(new SimpleChannelInboundHandler<ByteBuf>() {
            @Override
            public void channelActive(ChannelHandlerContext context) {
                var _ = context.writeAndFlush(Unpooled.copiedBuffer(greeting + "\n", StandardCharsets.US_ASCII));
            }

            @Override
            protected void channelRead0(ChannelHandlerContext context, ByteBuf bytes) {
                var _ = context.writeAndFlush(bytes.retain());
            }
        });
    }
}
