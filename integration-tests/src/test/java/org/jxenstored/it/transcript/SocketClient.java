package org.jxenstored.it.transcript;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.jxenstored.protocol.Message;

/** A client on a Unix socket that reads only when it is asked to. */
final class SocketClient implements Client {
    private static final int CHUNK = 1 << 16;

    private final SocketChannel channel;
    private final Selector selector;
    private final Stream received = new Stream();
    private boolean ended;

    SocketClient(Path socket) {
        try {
            channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
            channel.configureBlocking(false);
            selector = Selector.open();
            channel.register(selector, SelectionKey.OP_READ);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot connect to " + socket, e);
        }
    }

    @Override
    public void send(byte[] bytes) {
        try {
            ByteBuffer rest = ByteBuffer.wrap(bytes);
            while (rest.hasRemaining()) {
                if (channel.write(rest) == 0 && !isReady(SelectionKey.OP_WRITE, DaemonWorld.PATIENCE_MILLIS)) {
                    throw new AssertionError("the daemon takes no bytes from this socket");
                }
            }
        } catch (IOException e) {
            ended = true;
        }
    }

    @Override
    public Optional<Message> receive() {
        return receive(DaemonWorld.PATIENCE_MILLIS);
    }

    @Override
    public Optional<Message> poll() {
        return receive(0);
    }

    private Optional<Message> receive(long millis) {
        Optional<Message> message = received.take();
        while (message.isEmpty() && !ended && isReady(SelectionKey.OP_READ, millis)) {
            read();
            message = received.take();
        }
        return message;
    }

    private boolean isReady(int operation, long millis) {
        try {
            channel.keyFor(selector).interestOps(operation);
            selector.selectedKeys().clear();
            return (millis == 0 ? selector.selectNow() : selector.select(millis)) > 0;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot wait for the socket", e);
        }
    }

    private void read() {
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
        try {
            if (channel.read(chunk) < 0) {
                ended = true;
            }
        } catch (IOException e) {
            ended = true;
        }
        received.add(Arrays.copyOf(chunk.array(), chunk.position()));
    }

    @Override
    public boolean isClosedByServer() {
        while (!ended && received.size() == 0 && isReady(SelectionKey.OP_READ, DaemonWorld.PATIENCE_MILLIS)) {
            read();
        }
        return ended && received.size() == 0;
    }

    @Override
    public void stopReading() {}

    @Override
    public void readOn() {}

    @Override
    public void beginAnew() {
        throw new UnsupportedOperationException("a socket begins anew by another connection");
    }

    @Override
    public void whisper(byte[] bytes) {
        throw new UnsupportedOperationException("a socket has no page");
    }

    @Override
    public void store(RingWord word, int value) {
        throw new UnsupportedOperationException("a socket has no page");
    }

    @Override
    public int await(RingWord word, int value) {
        throw new UnsupportedOperationException("a socket has no page");
    }

    @Override
    public boolean isSignalled() {
        throw new UnsupportedOperationException("a socket has no event channel");
    }

    @Override
    public void mendRing() {}

    @Override
    public void close() {
        try {
            selector.close();
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close the socket", e);
        }
    }
}
