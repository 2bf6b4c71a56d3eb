package org.jxenstored.benchmarks.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.jxenstored.protocol.Arguments;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.protocol.Value;

/** A look at one message from the daemon, valid only until the next one is read. */
public final class Reply {
    private final ByteBuffer bytes;
    private int type;
    private int transaction;
    private int offset;
    private int length;

    Reply(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    void show(int messageType, int transactionId, int from, int size) {
        type = messageType;
        transaction = transactionId;
        offset = from;
        length = size;
    }

    public boolean isOf(MessageType wanted) {
        return type == wanted.number();
    }

    /** As the daemon copied it from the request. */
    int transaction() {
        return transaction;
    }

    /** True if it is an ERROR with this name, such as {@code EAGAIN}. */
    public boolean isError(String errno) {
        return isOf(MessageType.ERROR) && text().equals(errno + '\0');
    }

    /** Bytes of payload. */
    public int length() {
        return length;
    }

    /** True if the payload is exactly this. */
    public boolean hasPayload(byte[] expected) {
        if (length != expected.length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (bytes.get(offset + i) != expected[i]) {
                return false;
            }
        }
        return true;
    }

    /** The payload as text, its NULs included. */
    public String text() {
        return new String(payload(), ISO_8859_1);
    }

    /** The strings of the payload, as of an event: path and token. */
    public List<String> strings() {
        return Arguments.all(Value.owning(payload()));
    }

    /** A copy of the payload. */
    public byte[] payload() {
        byte[] copy = new byte[length];
        bytes.get(offset, copy);
        return copy;
    }

    /** The payload as a decimal number before its NUL. */
    public int number() throws WrongReplyException {
        try {
            return Integer.parseUnsignedInt(text(), 0, length - 1, 10);
        } catch (NumberFormatException | IndexOutOfBoundsException _) {
            throw new WrongReplyException("no number: " + this);
        }
    }

    @Override
    public String toString() {
        String shown = length > 60 ? new String(Arrays.copyOf(payload(), 60), ISO_8859_1) + "..." : text();
        return "type " + type + ", " + length + " bytes: " + shown.replace('\0', '|');
    }
}
