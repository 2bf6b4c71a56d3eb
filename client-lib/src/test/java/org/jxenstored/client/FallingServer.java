package org.jxenstored.client;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.jxenstored.protocol.Header;
import org.jxenstored.protocol.Message;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.protocol.Value;

/** A server that can close connections at random: before a request, between doing and answering it, amid its reply. */
final class FallingServer implements AutoCloseable {
    /** How often each path was written. */
    final Map<String, Integer> writes = new ConcurrentHashMap<>();

    private final Path directory = Files.createTempDirectory("xs");
    private final Path path = directory.resolve("socket");
    private final ServerSocketChannel listener =
            ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(path));
    private final Random random;
    private volatile boolean falling;

    FallingServer(long seed) throws IOException {
        random = new Random(seed);
        Thread.startVirtualThread(this::serveAll);
    }

    Endpoint endpoint() {
        return new Endpoint.UnixSocket(path);
    }

    void mayFall(boolean now) {
        falling = now;
    }

    private void serveAll() {
        while (listener.isOpen()) {
            try (SocketChannel peer = listener.accept()) {
                serve(peer);
            } catch (IOException oneOfUsHasGone) {
                // On to the next connection.
            }
        }
    }

    private void serve(SocketChannel peer) throws IOException {
        String watch = null;
        while (true) {
            Message request = next(peer);
            boolean write = request.isOfType(MessageType.WRITE);
            int fate = falling ? random.nextInt(40) : 3;
            if (fate == 0) {
                return;
            }
            if (write) {
                String text = request.payload().text();
                writes.merge(text.substring(0, text.indexOf('\0')), 1, Integer::sum);
            }
            byte[] reply = request.reply(Value.of("OK\0")).toByteArray();
            if (fate <= 2) {
                int part = fate == 1 ? 0 : random.nextInt(reply.length);
                peer.write(ByteBuffer.wrap(reply, 0, part));
                return;
            }
            send(peer, reply);
            if (request.isOfType(MessageType.WATCH)) {
                watch = request.payload().text();
            }
            tell(peer, write ? watch : null);
        }
    }

    private static void tell(SocketChannel peer, @Nullable String watch) throws IOException {
        if (watch != null) {
            send(peer, Message.event(Value.of(watch)).toByteArray());
        }
    }

    private static Message next(SocketChannel peer) throws IOException {
        var in = Channels.newInputStream(peer);
        byte[] bytes = in.readNBytes(Header.SIZE);
        if (bytes.length < Header.SIZE) {
            throw new IOException("the client has gone");
        }
        Header header = Header.read(ByteBuffer.wrap(bytes));
        Value payload = Value.owning(in.readNBytes(header.length()));
        return new Message(header.type(), header.requestId(), header.transactionId(), payload);
    }

    private static void send(SocketChannel peer, byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            peer.write(buffer);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        Files.deleteIfExists(path);
        Files.deleteIfExists(directory);
    }
}
