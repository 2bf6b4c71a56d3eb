package org.jxenstored.it.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollDomainDatagramChannel;
import io.netty.channel.unix.DomainDatagramPacket;
import io.netty.channel.unix.DomainSocketAddress;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.jxenstored.client.XenstoreClient;
import org.jxenstored.listener.EventLoopThread;

/** What a start makes and says. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class StartTest {
    @TempDir
    Path directory;

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    @DisplayName("S-RUN-10: a start says where the socket is and what to type next")
    void aStartSaysWhereTheSocketIsAndWhatToTypeNext() throws Exception {
        try (DaemonProcess daemon = Launch.in(directory).daemon()) {
            assertThat(daemon.messages().lines())
                    .anyMatch(line -> line.startsWith("xenstored: ready on " + daemon.socket()))
                    .anyMatch(line -> line.contains("XENSTORED_PATH=" + daemon.socket() + " xenstore-ls -f"));
        }
    }

    @Test
    @DisplayName("S-RUN-4, S-RUN-5, S-RUN-6: XENSTORED_RUNDIR is made, 0700 whatever the umask, with the socket, 0600")
    void theRunDirectoryIsMadeAndTheSocketIsClosedToOthers() throws Exception {
        Path run = directory.resolve("deep/run");

        try (DaemonProcess daemon = Launch.in(directory)
                        .environment("XENSTORED_RUNDIR", run.toString())
                        .daemon();
                XenstoreClient client = daemon.client()) {
            client.write("/a", "1");

            assertThat(daemon.socket()).isEqualTo(run.resolve("socket"));
            assertThat(mode(run)).isEqualTo("rwx------");
            assertThat(mode(directory.resolve("deep"))).isEqualTo("rwxr-xr-x");
            assertThat(mode(daemon.socket())).isEqualTo("rw-------");
            assertThat(mode(run.resolve("sim"))).as("the backend's directory").isEqualTo("rwx------");
        }
    }

    @Test
    @DisplayName("S-RUN-4, S-RUN-6: XENSTORED_PATH is the socket and wins over XENSTORED_RUNDIR")
    void theSocketIsWhereXenstoredPathSays() throws Exception {
        Path socket = directory.resolve("elsewhere/my-socket");

        try (DaemonProcess daemon = Launch.in(directory)
                        .environment("XENSTORED_PATH", socket.toString())
                        .daemon();
                XenstoreClient client = daemon.client()) {
            assertThat(client.directory("/")).contains("tool");
            assertThat(mode(socket)).isEqualTo("rw-------");
            assertThat(mode(directory.resolve("elsewhere"))).isEqualTo("rwx------");
            assertThat(directory.resolve("run/socket")).doesNotExist();
        }
    }

    @Test
    @DisplayName("S-RUN-4: a socket file that nobody serves is replaced")
    void aStaleSocketIsReplaced() throws Exception {
        Path socket = Files.createDirectory(directory.resolve("run")).resolve("socket");
        ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                .bind(UnixDomainSocketAddress.of(socket))
                .close();
        assertThat(socket).exists();

        try (DaemonProcess daemon = Launch.in(directory).daemon();
                XenstoreClient client = daemon.client()) {
            assertThat(client.exists("/")).isTrue();
        }
    }

    @Test
    @DisplayName("S-RUN-4: a daemon killed without warning leaves a socket that its successor replaces")
    void aSuccessorOfAKilledDaemonStarts() throws Exception {
        DaemonProcess killed = Launch.in(directory).with("-F", "pid").daemon();
        killed.close();
        assertThat(killed.socket()).exists();

        try (DaemonProcess daemon = Launch.in(directory).with("-F", "pid").daemon();
                XenstoreClient client = daemon.client()) {
            assertThat(client.exists("/")).isTrue();
            assertThat(directory.resolve("pid")).hasContent(daemon.pid() + "\n");
        }
    }

    @Test
    @DisplayName("S-RUN-4: a second daemon on the same socket is refused and told of the first, which goes on")
    void aSecondDaemonOnTheSameSocketIsRefused() throws Exception {
        try (DaemonProcess first = Launch.in(directory).daemon();
                XenstoreClient client = first.client()) {
            DaemonProcess.Ended second = Launch.in(directory).toItsEnd();

            assertThat(second.exitCode()).isEqualTo(1);
            assertThat(second.messages())
                    .contains("another xenstored")
                    .contains(Long.toString(first.pid()))
                    .contains("serves " + first.socket())
                    .contains("XENSTORED_PATH");
            assertThat(client.exists("/")).isTrue();
            first.client().close();
        }
    }

    @Test
    @DisplayName("semantics 14.1: the pid file holds the process id and a newline, mode 0600")
    void thePidFileHoldsTheProcessId() throws Exception {
        try (DaemonProcess daemon = Launch.in(directory).with("-F", "pid").daemon()) {
            assertThat(Files.readString(directory.resolve("pid"))).isEqualTo(daemon.pid() + "\n");
            assertThat(mode(directory.resolve("pid"))).isEqualTo("rw-------");
        }
    }

    @Test
    @DisplayName("semantics 14.1: a second daemon with the same pid file ends silently with 0")
    void aSecondDaemonWithTheSamePidFileEndsSilently() throws Exception {
        try (DaemonProcess first = Launch.in(directory).with("-F", "pid").daemon()) {
            DaemonProcess.Ended second = Launch.in(directory)
                    .environment("XENSTORED_RUNDIR", directory.resolve("other").toString())
                    .with("--pid-file", "pid")
                    .toItsEnd();

            assertThat(second).isEqualTo(new DaemonProcess.Ended(0, ""));
            assertThat(directory.resolve("pid")).hasContent(first.pid() + "\n");
        }
    }

    @Test
    @DisplayName("S-RUN-10: the service manager hears READY=1 when clients can connect, and STOPPING=1")
    void theServiceManagerIsTold() throws Exception {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        Path address = directory.resolve("notify");
        try (EventLoopThread loop = EventLoopThread.start()) {
            assumeTrue(loop.isEpoll(), "datagram sockets need the native transport");
            new Bootstrap()
                    .group(loop.group())
                    .channel(EpollDomainDatagramChannel.class)
                    .handler(new SimpleChannelInboundHandler<DomainDatagramPacket>() {
                        @Override
                        protected void channelRead0(ChannelHandlerContext context, DomainDatagramPacket packet) {
                            heard.add(packet.content().toString(StandardCharsets.UTF_8));
                        }
                    })
                    .bind(new DomainSocketAddress(address.toString()))
                    .syncUninterruptibly();

            try (DaemonProcess daemon = Launch.in(directory)
                    .environment("NOTIFY_SOCKET", address.toString())
                    .daemon()) {
                assertThat(heard.poll(DaemonProcess.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                        .isEqualTo("MAINPID=" + daemon.pid() + "\nREADY=1");
                daemon.signal("TERM");
                assertThat(heard.poll(DaemonProcess.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                        .isEqualTo("STOPPING=1");
            }
        }
    }
}
