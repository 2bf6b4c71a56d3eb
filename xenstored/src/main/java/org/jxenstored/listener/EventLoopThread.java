package org.jxenstored.listener;

import io.netty.channel.Channel;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jxenstored.hypervisor.EventChannels.PendingListener;
import org.jxenstored.hypervisor.PendingSource;

/**
 * The one thread that accepts, reads, serves and writes: native epoll, or NIO where there is none.
 *
 * <p>This is also the place that knows which channel classes go with which of the two.
 */
public final class EventLoopThread implements AutoCloseable {
    private static final String NAME = "xenstored";
    private static final long STOP_SECONDS = 5;

    private final IoEventLoopGroup group;
    private final boolean epoll;

    private EventLoopThread(boolean epoll) {
        DefaultThreadFactory threads = new DefaultThreadFactory(NAME);
        this.epoll = epoll;
        this.group = new MultiThreadIoEventLoopGroup(
                1, threads, epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    }

    /** Starts the best one this machine has. */
    public static EventLoopThread start() {
        return new EventLoopThread(Epoll.isAvailable());
    }

    /** Starts one on the JDK's own channels. */
    public static EventLoopThread startNio() {
        return new EventLoopThread(false);
    }

    public IoEventLoopGroup group() {
        return group;
    }

    /** Runs this on the thread from time to time, until it ends. */
    public void repeat(Runnable work, long everySeconds) {
        var _ = group.next().scheduleWithFixedDelay(work, everySeconds, everySeconds, TimeUnit.SECONDS);
    }

    public boolean isEpoll() {
        return epoll;
    }

    /**
     * Waits for event channels as it waits for sockets; to be called on the thread itself.
     *
     * @param source open until the wait is closed
     * @param listener told of each port that fired, on the thread
     * @return empty if this loop cannot wait for it: somebody else has to
     */
    public Optional<PendingWait> await(PendingSource source, PendingListener listener) {
        return epoll ? PendingWait.begin(group.next(), source, listener) : Optional.empty();
    }

    Class<? extends ServerChannel> unixServer() {
        return epoll ? EpollServerDomainSocketChannel.class : NioServerDomainSocketChannel.class;
    }

    Class<? extends Channel> unixClient() {
        return epoll ? EpollDomainSocketChannel.class : NioDomainSocketChannel.class;
    }

    Class<? extends ServerChannel> tcpServer() {
        return epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    }

    SocketAddress unixAddress(Path path) {
        return epoll ? new DomainSocketAddress(path.toFile()) : UnixDomainSocketAddress.of(path);
    }

    /** Closes all channels and ends the thread. */
    @Override
    public void close() {
        group.shutdownGracefully(0, STOP_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
