package org.jxenstored.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.jxenstored.engine.ConsistencyCheck;
import org.jxenstored.engine.Engine;
import org.jxenstored.engine.EngineConfig;
import org.jxenstored.protocol.Arguments;
import org.jxenstored.protocol.Header;
import org.jxenstored.protocol.Message;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.protocol.RingPage;
import org.jxenstored.protocol.RingStream;
import org.jxenstored.protocol.Value;
import org.jxenstored.trace.Tracer;

/** The server's parts on one thread, which is the test's: nothing happens but in {@link #turn}. */
abstract class ServerWorld {
    final FakeXen xen;
    private final EmbeddedChannel loop = new EmbeddedChannel();
    private final Turns turns = new Turns(loop.eventLoop(), () -> 0, () -> {});
    final Rings rings;
    final Engine engine;
    private final GuestTurns guests = new GuestTurns(turns);
    private final List<Client> clients = new ArrayList<>();

    ServerWorld() {
        this(new FakeXen());
    }

    ServerWorld(FakeXen xen) {
        this.xen = xen;
        rings = new Rings(xen, turns, guests);
        engine = new Engine(
                EngineConfig.DEFAULT, xen.states, rings, () -> 0, new Tracer(Optional.empty(), Set.of(), Path.of("/")));
        turns.serve(engine);
        rings.serve(engine);
    }

    /** Runs everything that was put off, until nothing is left. */
    final void turn() {
        do {
            loop.runPendingTasks();
            clients.forEach(client -> client.channel.runPendingTasks());
        } while (loop.hasPendingTasks() || clients.stream().anyMatch(client -> client.channel.hasPendingTasks()));
    }

    @AfterEach
    final void everythingCountedIsRight() {
        assertThat(new ConsistencyCheck(engine).findings()).isEmpty();
        clients.forEach(client -> client.channel.finishAndReleaseAll());
        loop.runPendingTasks();
        assertThat(engine.connections().all()).noneMatch(each -> each.toString().startsWith("socket"));
    }

    static byte[] request(MessageType type, int id, String... arguments) {
        return requestIn(0, type, id, arguments);
    }

    static byte[] requestIn(int transaction, MessageType type, int id, String... arguments) {
        Value payload = type == MessageType.WRITE ? Value.of(String.join("\0", arguments)) : Arguments.join(arguments);
        return Message.of(type, id, transaction, payload).toByteArray();
    }

    static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    /** Cuts bytes into messages, shown as {@code TYPE id payload}. */
    static List<String> messages(byte[] bytes) {
        List<String> messages = new ArrayList<>();
        ByteBuffer left = ByteBuffer.wrap(bytes);
        while (left.hasRemaining()) {
            Header header = Header.read(left);
            byte[] payload = new byte[header.length()];
            left.get(payload);
            String type = MessageType.of(header.type()).map(Enum::name).orElse("?");
            messages.add((type
                            + ' '
                            + header.requestId()
                            + ' '
                            + Value.owning(payload).text())
                    .replace('\0', ' ')
                    .strip());
        }
        return messages;
    }

    /** A client on a socket. */
    final class Client {
        final EmbeddedChannel channel;

        Client() {
            this(OptionalInt.empty());
        }

        Client(OptionalInt domid) {
            channel = new EmbeddedChannel();
            channel.pipeline()
                    .addLast(new SocketConnection(
                            engine,
                            turns,
                            guests,
                            channel,
                            domid,
                            ByteBuffer.allocateDirect(SocketWriter.BUFFER_SIZE)));
            clients.add(this);
        }

        void send(byte... bytes) {
            channel.writeInbound(Unpooled.copiedBuffer(bytes));
            turn();
        }

        List<String> received() {
            turn();
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
                byte[] bytes = new byte[part.readableBytes()];
                part.readBytes(bytes);
                part.release();
                all.writeBytes(bytes);
            }
            return messages(all.toByteArray());
        }

        List<String> ask(MessageType type, String... arguments) {
            send(request(type, 1, arguments));
            return received();
        }
    }

    /** A guest that does with its page what it likes. */
    final class Guest {
        final int domid;
        final RingPage page;

        Guest(int domid) {
            this.domid = domid;
            xen.states.create(domid);
            page = xen.page(domid);
        }

        /** Puts bytes on the ring, as many as fit, without a signal; returns how many. */
        int put(byte... bytes) {
            return page.requests().write(bytes, 0, bytes.length);
        }

        /** Takes all responses off the ring. */
        byte[] take() {
            byte[] bytes = new byte[RingStream.CAPACITY];
            int count = page.responses().read(bytes, 0, bytes.length);
            return Value.copyOf(bytes, 0, count).toByteArray();
        }

        void signal(int port) {
            rings.pending(port);
            turn();
        }
    }
}
