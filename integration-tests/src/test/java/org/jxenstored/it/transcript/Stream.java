package org.jxenstored.it.transcript;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.jxenstored.protocol.Header;
import org.jxenstored.protocol.Message;
import org.jxenstored.protocol.Value;

/** Bytes on their way in one direction, and the messages they make. */
public final class Stream {
    private byte[] bytes = new byte[256];
    private int from;
    private int to;

    public void add(byte[] more) {
        if (to + more.length > bytes.length) {
            bytes = Arrays.copyOf(Arrays.copyOfRange(bytes, from, to), 2 * (to - from + more.length));
            to -= from;
            from = 0;
        }
        System.arraycopy(more, 0, bytes, to, more.length);
        to += more.length;
    }

    int size() {
        return to - from;
    }

    void clear() {
        from = 0;
        to = 0;
    }

    /** The header of the next message, if it is there. */
    Optional<Header> header() {
        return size() < Header.SIZE
                ? Optional.empty()
                : Optional.of(Header.read(ByteBuffer.wrap(bytes, from, Header.SIZE)));
    }

    /** True if the payload of this header is there too. */
    boolean holds(Header header) {
        return size() >= Header.SIZE + header.length();
    }

    Message take(Header header) {
        Value payload = Value.copyOf(bytes, from + Header.SIZE, header.length());
        from += Header.SIZE + header.length();
        return new Message(header.type(), header.requestId(), header.transactionId(), payload);
    }

    /** The next message, if it is complete. */
    public Optional<Message> take() {
        return header().filter(this::holds).map(this::take);
    }
}
