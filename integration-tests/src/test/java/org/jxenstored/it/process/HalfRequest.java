package org.jxenstored.it.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.jxenstored.protocol.Message;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.protocol.Value;

/**
 * A program that sets a watch, opens a transaction, changes something in it, sends half of its next request and
 * then waits to be killed.
 */
final class HalfRequest {
    /** What it prints when it can be killed. */
    static final String READY = "half";

    private HalfRequest() {}

    /** Argument: the path of the socket. */
    public static void main(String[] arguments) throws IOException {
        try (WireClient client = new WireClient(Path.of(arguments[0]))) {
            client.send(MessageType.WATCH, "/shared\0token\0");
            var _ = client.receive();
            var _ = client.receive();
            client.send(MessageType.TRANSACTION_START, "\0");
            String id = client.receive().payload().text(0, 1);
            Message change = Message.of(MessageType.WRITE, 1, Integer.parseInt(id), Value.of("/shared\0from the dead"));
            client.send(change.toByteArray());
            var _ = client.receive();
            byte[] end = Message.of(MessageType.TRANSACTION_END, 2, Integer.parseInt(id), Value.of("T\0"))
                    .toByteArray();
            client.send(Arrays.copyOf(end, end.length - 1));
            System.out.println(READY);
            var _ = client.readToItsEnd();
        }
    }
}
