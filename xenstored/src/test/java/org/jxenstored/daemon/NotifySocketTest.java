package org.jxenstored.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollDomainDatagramChannel;
import io.netty.channel.unix.DomainDatagramPacket;
import io.netty.channel.unix.DomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jxenstored.listener.EventLoopThread;

@DisplayName("S-RUN-10: a service manager that listens")
class NotifySocketTest {
    private static final long PATIENCE_SECONDS = 30;

    @TempDir
    Path directory;

    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

    private Channel listen(EventLoopThread loop, String path) {
        return new Bootstrap()
                .group(loop.group())
                .channel(EpollDomainDatagramChannel.class)
                .handler(new SimpleChannelInboundHandler<DomainDatagramPacket>() {
                    @Override
                    protected void channelRead0(ChannelHandlerContext context, DomainDatagramPacket packet) {
                        heard.add(packet.content().toString(StandardCharsets.UTF_8));
                    }
                })
                .bind(new DomainSocketAddress(path))
                .syncUninterruptibly()
                .channel();
    }

    @ParameterizedTest(name = "abstract name: {0}")
    @ValueSource(booleans = {false, true})
    void hearsThatTheDaemonIsReadyAndThatItStops(boolean abstractName) throws InterruptedException {
        String path = directory.resolve("notify").toString();
        try (EventLoopThread loop = EventLoopThread.start()) {
            assumeTrue(loop.isEpoll(), "datagram sockets need the native transport");
            var _ = listen(loop, abstractName ? "\0" + path : path);
            ServiceManager manager = new ServiceManager(Map.of("NOTIFY_SOCKET", abstractName ? "@" + path : path));

            manager.ready(1234);
            manager.stopping();

            assertThat(heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo("MAINPID=1234\nREADY=1");
            assertThat(heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo("STOPPING=1");
        }
    }
}
