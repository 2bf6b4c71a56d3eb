package org.jxenstored.listener;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** Finds out whether somebody serves a socket already. */
final class SocketProbe {
    private SocketProbe() {}

    /**
     * Returns if the path is free, or holds a socket that nobody serves.
     *
     * @throws ListenException if it holds anything else, or somebody answers
     */
    static void refuseIfInUse(EventLoopThread loop, Path path) throws ListenException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        refuseIfNoSocket(path);
        ChannelFuture connected = new Bootstrap()
                .group(loop.group())
                .channel(loop.unixClient())
                .handler(new ChannelInboundHandlerAdapter())
                .connect(loop.unixAddress(path))
                .awaitUninterruptibly();
        @Nullable Throwable failure = connected.cause();
        if (failure == null) {
            String who = processOf(connected.channel());
            connected.channel().close().awaitUninterruptibly();
            throw new ListenException("another xenstored" + who + " serves " + path
                    + "; stop it, or give this one another socket with XENSTORED_PATH or XENSTORED_RUNDIR");
        }
        if (!isRefusal(failure)) {
            throw new ListenException(
                    "cannot tell whether " + path + " is in use (" + failure.getMessage() + "); remove it if not",
                    failure);
        }
    }

    /** True only for "connection refused"; a full backlog, say, is a ConnectException too, of a server that lives. */
    private static boolean isRefusal(Throwable failure) {
        return failure instanceof ConnectException
                && String.valueOf(failure.getMessage()).contains("refused");
    }

    private static void refuseIfNoSocket(Path path) throws ListenException {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!attributes.isOther()) {
                throw new ListenException(path + " is no socket; remove it, or choose another path");
            }
        } catch (IOException e) {
            throw new ListenException("cannot look at " + path + " (" + e.getMessage() + ")", e);
        }
    }

    private static String processOf(Channel channel) {
        if (channel instanceof EpollDomainSocketChannel socket) {
            try {
                return " (process " + socket.peerCredentials().pid() + ")";
            } catch (IOException e) {
                return "";
            }
        }
        return "";
    }
}
