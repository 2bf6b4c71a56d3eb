package org.jxenstored.listener;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.util.OptionalInt;

/**
 * Waits at the end of a new channel's pipeline until it is known who the client is, then hands it over and leaves, or
 * closes the channel.
 */
final class HandOver extends ChannelInboundHandlerAdapter {
    private final Accepted accepted;
    private final Admission admission;
    private final Refusals refusals;
    private final ConnectionLimit limit;
    private final boolean afterHandshake;

    HandOver(Accepted accepted, Admission admission, Refusals refusals, ConnectionLimit limit, boolean afterHandshake) {
        this.limit = limit;
        this.accepted = accepted;
        this.admission = admission;
        this.refusals = refusals;
        this.afterHandshake = afterHandshake;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        if (!afterHandshake) {
            judge(context);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            if (handshake.isSuccess()) {
                judge(context);
            } else {
                refuse(context, handshake.cause());
            }
        }
    }

    private void judge(ChannelHandlerContext context) {
        switch (admission.judge(context.channel())) {
            case Admission.Verdict.Admitted(OptionalInt domid, String who) -> {
                if (limit.enter(who, context.channel())) {
                    handOver(context, domid);
                } else {
                    refuse(context, limit.refusal(who));
                }
            }
            case Admission.Verdict.Refused(String why) -> refuse(context, why);
        }
    }

    private void handOver(ChannelHandlerContext context, OptionalInt domid) {
        accepted.accept(context.channel(), domid);
        context.fireChannelActive();
        context.pipeline().remove(this);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        refuse(context, cause);
    }

    private void refuse(ChannelHandlerContext context, Throwable cause) {
        if (context.channel().isOpen()) {
            refuse(context, context.channel().remoteAddress() + ": " + cause.getMessage());
        }
        var _ = context.close();
    }

    private void refuse(ChannelHandlerContext context, String why) {
        refusals.add(why);
        var _ = context.close();
    }
}
