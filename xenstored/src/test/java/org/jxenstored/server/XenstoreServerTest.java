package org.jxenstored.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.jxenstored.domain.Quotas;
import org.jxenstored.engine.ConsistencyCheck;
import org.jxenstored.engine.EngineConfig;
import org.jxenstored.listener.EventLoopThread;
import org.jxenstored.listener.ListenAddress;
import org.jxenstored.listener.Listeners;
import org.jxenstored.protocol.Header;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.protocol.RingPage;
import org.jxenstored.protocol.Value;
import org.jxenstored.trace.Tracer;

/** The whole server on a real event loop, with real sockets and pages in memory. */
@Timeout(60)
class XenstoreServerTest {
    private static final int QUEUE_LIMIT = 1 << 20;

    @TempDir
    Path directory;

    private final FakeXen xen = new FakeXen();
    private EventLoopThread loop;
    private XenstoreServer server;
    private Listeners listeners;

    @BeforeEach
    void start() throws Exception {
        xen.states.create(0);
        xen.states.create(3);
        xen.page(3).setEventChannel(9);
        xen.states.create(4);
        loop = EventLoopThread.start();
        server = XenstoreServer.start(
                new EngineConfig(0, 0, Quotas.DEFAULTS, 20, false, QUEUE_LIMIT, EngineConfig.DEFAULT_EVENTS_AT_ONCE),
                xen,
                loop,
                new Tracer(Optional.empty(), Set.of(), directory));
        listeners = Listeners.open(
                loop,
                List.of(new ListenAddress.Unix(directory.resolve("socket"), OptionalInt.empty())),
                server::accept);
    }

    @AfterEach
    void stop() throws Exception {
        List<String> findings = server.onLoop(() -> new ConsistencyCheck(server.engine()).findings());
        listeners.close();
        server.close();
        loop.close();
        assertThat(findings).isEmpty();
        assertThat(xen.deeds).contains("unmap 3");
    }

    private SocketChannel connect() throws IOException {
        SocketChannel client = SocketChannel.open(StandardProtocolFamily.UNIX);
        client.connect(UnixDomainSocketAddress.of(directory.resolve("socket")));
        return client;
    }

    private static void send(SocketChannel client, byte... bytes) throws IOException {
        ByteBuffer left = ByteBuffer.wrap(bytes);
        while (left.hasRemaining()) {
            client.write(left);
        }
    }

    private static byte[] read(SocketChannel client, int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count);
        while (bytes.hasRemaining()) {
            if (client.read(bytes) < 0) {
                throw new IOException("closed after " + bytes.position() + " bytes");
            }
        }
        return bytes.array();
    }

    /** The next message, as {@code TYPE id payload}. */
    private static String next(SocketChannel client) throws IOException {
        byte[] header = read(client, Header.SIZE);
        byte[] payload = read(client, Header.read(ByteBuffer.wrap(header)).length());
        return ServerWorld.messages(ServerWorld.joined(header, payload)).getFirst();
    }

    private static String ask(SocketChannel client, MessageType type, String... arguments) throws IOException {
        send(client, ServerWorld.request(type, 1, arguments));
        return next(client);
    }

    @Test
    @DisplayName("S-RUN-2: who exists at the start and has a port in its page is introduced; others wait")
    void domainsThatExistAreIntroduced() throws IOException {
        try (SocketChannel client = connect()) {
            assertThat(ask(client, MessageType.IS_DOMAIN_INTRODUCED, "3")).isEqualTo("IS_DOMAIN_INTRODUCED 1 T");
            assertThat(ask(client, MessageType.IS_DOMAIN_INTRODUCED, "4")).isEqualTo("IS_DOMAIN_INTRODUCED 1 F");
            assertThat(xen.page(3).features()).isEqualTo(15);
        }
    }

    @Test
    @DisplayName("S-RING-7: the kernel of who exists at the start is signalled, it sends nothing before")
    void kernelsThatWaitAreSignalled() {
        assertThat(server.onLoop(() -> List.copyOf(xen.signals)))
                .as("local ports; 1 is the VIRQ, domain 4 has none")
                .containsExactly(2);
    }

    @Test
    void workOnTheEventLoopMayAskForMoreOfIt() {
        assertThat(server.onLoop(() -> server.onLoop(() -> "done"))).isEqualTo("done");
    }

    @Test
    @DisplayName("S-RING-16: a guest whose notification is lost is served all the same")
    void aLostNotificationIsHealed() {
        byte[] request = ServerWorld.request(MessageType.GET_DOMAIN_PATH, 8, "3");
        xen.page(3).requests().write(request, 0, request.length);
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        await().until(() -> {
            byte[] bytes = new byte[1024];
            int count = xen.page(3).responses().read(bytes, 0, bytes.length);
            answer.writeBytes(Value.copyOf(bytes, 0, count).toByteArray());
            return answer.size() > 0;
        });
        assertThat(ServerWorld.messages(answer.toByteArray())).containsExactly("GET_DOMAIN_PATH 8 /local/domain/3");
    }

    @Test
    @DisplayName(
            "L-DEV-1, L-VIRQ-1: VIRQ_DOM_EXC is unmasked after the scan, so what happens in between comes once more")
    void theVirqIsUnmaskedAfterTheScan() {
        int virq = 1;
        xen.states.free(3);
        xen.fire(virq);
        assertThat(server.onLoop(() -> List.copyOf(xen.deeds))).endsWith("unmap 3", "unmask " + virq);
    }

    @Test
    @DisplayName("S-RING-11: a guest reconnects without anybody's help")
    void aGuestReconnects() {
        xen.page(3).setConnection(RingPage.RECONNECT);
        xen.fire(2);
        await().until(() -> xen.page(3).connection() == RingPage.CONNECTED);
    }

    @Test
    @DisplayName("L-VIRQ-1: after VIRQ_DOM_EXC the domains are looked at")
    void theExceptionCausesAScan() throws IOException {
        try (SocketChannel client = connect()) {
            ask(client, MessageType.WATCH, "@releaseDomain", "t");
            assertThat(next(client)).isEqualTo("WATCH_EVENT 0 @releaseDomain t");
            server.onLoop(() -> {
                xen.states.free(3);
                return true;
            });
            xen.fire(1);
            assertThat(next(client)).isEqualTo("WATCH_EVENT 0 @releaseDomain t");
            assertThat(ask(client, MessageType.CONTROL, "help")).startsWith("CONTROL 1 check");
        }
    }

    @Test
    @DisplayName("S-BUF-1: a client that asks much and reads nothing does not block others, and gets all in the end")
    void aClientThatReadsNothingDoesNotBlockOthers() throws Exception {
        int requests = 3000;
        try (SocketChannel other = connect();
                SocketChannel lazy = connect()) {
            ask(other, MessageType.WRITE, "/big", "v".repeat(4000));
            Thread asking = Thread.ofPlatform().start(() -> askMuch(lazy, requests));
            await().until(() -> server.onLoop(() -> server.engine().connections().all().stream()
                    .anyMatch(each -> each.output().bytes() > 0)));
            for (int i = 0; i < 50; i++) {
                assertThat(ask(other, MessageType.WRITE, "/n" + i, "x")).isEqualTo("WRITE 1 OK");
            }
            assertThat(server.onLoop(() -> server.engine().connections().all().stream()
                            .mapToLong(each -> each.output().bytes())
                            .max()
                            .orElse(0)))
                    .as("what waits for it is bounded")
                    .isLessThan(QUEUE_LIMIT);
            for (int i = 0; i < requests; i++) {
                assertThat(next(lazy)).startsWith("READ 7 vvv");
            }
            asking.join();
        }
    }

    private static void askMuch(SocketChannel lazy, int requests) {
        try {
            for (int i = 0; i < requests; i++) {
                send(lazy, ServerWorld.request(MessageType.READ, 7, "/big"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aClientThatReadsNoEventsIsCutOffAtTheQueueLimit() throws IOException {
        try (SocketChannel writer = connect();
                SocketChannel lazy = connect()) {
            ask(lazy, MessageType.WATCH, "/", "t");
            next(lazy);
            String name = "/" + "x".repeat(1000);
            for (int i = 0; i < 3000; i++) {
                assertThat(ask(writer, MessageType.WRITE, name + i, "")).isEqualTo("WRITE 1 OK");
            }
            await().until(() ->
                    server.onLoop(() -> server.engine().connections().all().size()) == 2);
            assertThat(ask(writer, MessageType.READ, name + 1)).isEqualTo("READ 1");
        }
    }
}
