package org.jxenstored.cli;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jxenstored.protocol.Header;
import org.jxenstored.protocol.Message;
import org.jxenstored.protocol.Value;

/** A server on a Unix socket that answers each request as a test says; no messages mean that it hangs up. */
final class ScriptedServer implements AutoCloseable {
    /** What came in. */
    final List<Message> requests = new CopyOnWriteArrayList<>();

    private final ServerSocketChannel listener;
    private final Function<Message, List<Message>> answers;

    ScriptedServer(Path socket, Function<Message, List<Message>> answers) throws IOException {
        this.answers = answers;
        this.listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        listener.bind(UnixDomainSocketAddress.of(socket));
        Thread.ofVirtual().start(this::acceptAll);
    }

    private void acceptAll() {
        try {
            while (true) {
                SocketChannel connection = listener.accept();
                Thread.ofVirtual().start(() -> serve(connection));
            }
        } catch (ClosedChannelException e) {
            // the test is over
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void serve(SocketChannel connection) {
        try (connection) {
            DataInputStream in = new DataInputStream(Channels.newInputStream(connection));
            while (true) {
                Header header = Header.read(ByteBuffer.wrap(in.readNBytes(Header.SIZE)));
                byte[] payload = in.readNBytes(header.length());
                Message request =
                        new Message(header.type(), header.requestId(), header.transactionId(), Value.owning(payload));
                requests.add(request);
                List<Message> replies = answers.apply(request);
                if (replies.isEmpty()) {
                    return;
                }
                for (Message reply : replies) {
                    connection.write(ByteBuffer.wrap(reply.toByteArray()));
                }
            }
        } catch (IOException | RuntimeException e) {
            // the client has gone
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
