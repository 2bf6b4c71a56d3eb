package org.jxenstored.it.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jxenstored.protocol.Header;
import org.jxenstored.protocol.Message;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.protocol.Value;

/** Clients that send all they have, close their sending side, and read what comes. */
final class HalfCloseTest {
    @TempDir
    Path directory = Path.of("");

    @ParameterizedTest(name = "{0} requests for {1} bytes each")
    @DisplayName(
            "S-BUF-1: the replies to what came before the end are sent before the close, as far as one turn and the socket take")
    @CsvSource({"1, 0", "60, 10"})
    void everythingSentBeforeTheEndIsAnswered(int requests, int size) throws Exception {
        try (DaemonProcess daemon = Launch.in(directory).daemon();
                SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(daemon.socket()))) {
            send(client, MessageType.WRITE, "/value\0" + "v".repeat(size));
            Thread sender = Thread.ofVirtual().start(() -> {
                try {
                    for (int i = 0; i < requests; i++) {
                        send(client, MessageType.READ, "/value\0");
                    }
                    client.shutdownOutput();
                } catch (IOException e) {
                    throw new AssertionError("the daemon closed before it had everything", e);
                }
            });
            int each = Header.SIZE + size;
            assertThat(readToTheEnd(client)).isEqualTo(Header.SIZE + "OK\0".length() + requests * each);
            sender.join();
        }
    }

    private static void send(SocketChannel client, MessageType type, String payload) throws IOException {
        ByteBuffer bytes =
                ByteBuffer.wrap(Message.of(type, 1, 0, Value.of(payload)).toByteArray());
        while (bytes.hasRemaining()) {
            var _ = client.write(bytes);
        }
    }

    private static int readToTheEnd(SocketChannel client) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
        while (client.read(bytes.clear()) >= 0) {
            all.write(bytes.array(), 0, bytes.position());
        }
        return all.size();
    }
}
