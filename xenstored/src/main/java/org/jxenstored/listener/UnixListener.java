package org.jxenstored.listener;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A Unix socket, with its file (S-RUN-4). */
final class UnixListener implements Listener {
    private static final Logger log = LoggerFactory.getLogger(UnixListener.class);
    private static final int BACKLOG = 128;

    private final Channel channel;
    private final ListenAddress.Unix address;
    private final SocketFile file;

    private UnixListener(Channel channel, ListenAddress.Unix address, SocketFile file) {
        this.channel = channel;
        this.address = address;
        this.file = file;
    }

    static UnixListener open(EventLoopThread loop, ListenAddress.Unix address, Accepted accepted, ConnectionLimit limit)
            throws ListenException {
        SocketProbe.refuseIfInUse(loop, address.path());
        try (SocketFile.Birthplace birthplace = SocketFile.birthplace(address.path())) {
            Channel channel = bind(loop, address, accepted, limit, birthplace.socket());
            try {
                return new UnixListener(channel, address, birthplace.publish(address.isForOthers()));
            } catch (ListenException e) {
                channel.close().awaitUninterruptibly();
                throw e;
            }
        }
    }

    private static Channel bind(
            EventLoopThread loop, ListenAddress.Unix address, Accepted accepted, ConnectionLimit limit, Path at)
            throws ListenException {
        Admission admission = LocalAdmission.of(address, loop.isEpoll());
        Refusals refusals = new Refusals(address);
        ChannelFuture bound = new ServerBootstrap()
                .group(loop.group())
                .channel(loop.unixServer())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .handler(new AcceptFailures())
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel client) {
                        client.pipeline().addLast(new HandOver(accepted, admission, refusals, limit, false));
                    }
                })
                .bind(loop.unixAddress(at))
                .awaitUninterruptibly();
        @Nullable Throwable failure = bound.cause();
        if (failure != null) {
            throw new ListenException("cannot listen on " + address + " (" + failure.getMessage() + ")", failure);
        }
        return bound.channel();
    }

    @Override
    public ListenAddress address() {
        return address;
    }

    @Override
    public void close() {
        if (channel.isOpen() && !file.deleteIfOurs()) {
            log.warn("{} is not our socket any more; it is left alone", address);
        }
        channel.close().awaitUninterruptibly();
    }
}
