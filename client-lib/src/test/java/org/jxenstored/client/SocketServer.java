package org.jxenstored.client;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** {@link ServerSide} on a Unix socket, for one client at a time. */
final class SocketServer extends ServerSide {
    private final Path directory;
    private final Path path;
    private ServerSocketChannel listener;
    private @Nullable SocketChannel peer;
    private boolean byteByByte;

    SocketServer() throws IOException {
        directory = Files.createTempDirectory("xs");
        path = directory.resolve("socket");
        listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(path));
    }

    /** From now on what is sent goes out in single bytes. */
    SocketServer byteByByte() {
        byteByByte = true;
        return this;
    }

    @Override
    Endpoint endpoint() {
        return new Endpoint.UnixSocket(path);
    }

    /** A client that does not reconnect. */
    XenstoreClient connect() {
        return XenstoreClient.connect(endpoint(), Reconnection.never());
    }

    private SocketChannel peer() throws IOException {
        SocketChannel known = peer;
        if (known == null) {
            known = listener.accept();
            peer = known;
        }
        return known;
    }

    @Override
    byte[] receive(int count) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(count);
        while (buffer.hasRemaining()) {
            if (peer().read(buffer) < 0) {
                throw new EOFException("the client went away");
            }
        }
        return buffer.array();
    }

    @Override
    void sendBytes(byte[] bytes) throws IOException {
        int step = byteByByte ? 1 : bytes.length;
        for (int i = 0; i < bytes.length; i += step) {
            ByteBuffer part = ByteBuffer.wrap(bytes, i, step);
            while (part.hasRemaining()) {
                peer().write(part);
            }
        }
    }

    /** Ends the connection; whatever comes next is on another one. */
    void hangUp() throws IOException {
        peer().close();
        peer = null;
    }

    /** As if the server's process had died. */
    void die() throws IOException {
        listener.close();
        hangUp();
    }

    /** Listens again at the same place. */
    void comeBack() throws IOException {
        Files.deleteIfExists(path);
        listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(path));
    }

    @Override
    public void close() throws IOException {
        if (peer != null) {
            peer.close();
        }
        listener.close();
        Files.deleteIfExists(path);
        Files.deleteIfExists(directory);
    }
}
