package org.jxenstored.benchmarks.machine;

import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jxenstored.protocol.Header;
import org.jxenstored.protocol.Limits;
import org.jxenstored.protocol.MessageType;

/** What domain 0 tells a daemon about domains, over the daemon's socket: one request at a time. To be used by one thread. */
public final class Toolstack implements Introducer, AutoCloseable {
    private final SocketChannel socket;
    private final ByteBuffer message = ByteBuffer.allocateDirect(Header.SIZE + Limits.PAYLOAD_MAX);
    private int requests;

    private Toolstack(SocketChannel socket) {
        this.socket = socket;
    }

    public static Toolstack connect(Path socket) throws IOException {
        return new Toolstack(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
    }

    @Override
    public void introduce(int domid, long gfn, int port) throws IOException {
        call(MessageType.INTRODUCE, domid + "\0" + gfn + "\0" + port + "\0");
    }

    /** RELEASE. */
    public void release(int domid) throws IOException {
        call(MessageType.RELEASE, domid + "\0");
    }

    /**
     * Makes {@code /local/domain/DOMID}, which is where a domain's relative paths lead, and gives it to the domain, which is
     * there already: the daemon in C gives nothing to others.
     */
    public void makeHome(int domid) throws IOException {
        String home = "/local/domain/" + domid + "\0";
        call(MessageType.MKDIR, home);
        call(MessageType.SET_PERMS, home + "n" + domid + "\0");
    }

    /**
     * Any request outside of a transaction; watch events are not expected.
     *
     * @return the reply's payload, one char for each byte
     * @throws IOException if it is an error, with its name
     */
    public String call(MessageType type, String payload) throws IOException {
        byte[] bytes = payload.getBytes(StandardCharsets.ISO_8859_1);
        message.clear();
        new Header(type.number(), ++requests, 0, bytes.length).write(message);
        message.put(bytes).flip();
        while (message.hasRemaining()) {
            socket.write(message);
        }
        message.clear();
        receive(Header.SIZE);
        Header reply = Header.read(message.flip());
        if (reply.requestId() != requests || !reply.lengthIsLegal()) {
            throw new IOException("not a reply to " + type + ": " + reply);
        }
        message.clear();
        receive(reply.length());
        byte[] answer = new byte[reply.length()];
        message.flip().get(answer);
        String text = new String(answer, StandardCharsets.ISO_8859_1);
        if (reply.type() != type.number()) {
            throw new IOException(type + " " + payload.replace('\0', ' ') + "was answered with " + text.strip());
        }
        return text;
    }

    private void receive(int bytes) throws IOException {
        message.limit(bytes);
        while (message.hasRemaining()) {
            if (socket.read(message) < 0) {
                throw new EOFException("the daemon closed the connection");
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
