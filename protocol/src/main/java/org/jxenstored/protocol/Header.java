package org.jxenstored.protocol;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The 16 bytes before every payload: four unsigned 32 bit words in the host's byte order (P-HDR-1, P-HDR-2).
 *
 * @param type number of the message type, as sent; any value
 * @param requestId copied into the reply, no meaning for the server
 * @param transactionId 0 for none
 * @param length bytes of payload that follow, as sent; check with {@link #lengthIsLegal}
 */
public record Header(int type, int requestId, int transactionId, int length) {
    /** Bytes of a header. */
    public static final int SIZE = 16;

    /** False if the payload is longer than the protocol allows; such a peer is dropped (P-HDR-9). */
    public boolean lengthIsLegal() {
        return Integer.compareUnsigned(length, Limits.PAYLOAD_MAX) <= 0;
    }

    /** Takes a header from the buffer's position, which moves by {@link #SIZE}. */
    public static Header read(ByteBuffer from) {
        ByteOrder given = from.order();
        from.order(ByteOrder.nativeOrder());
        Header header = new Header(from.getInt(), from.getInt(), from.getInt(), from.getInt());
        from.order(given);
        return header;
    }

    /** Puts this header at the buffer's position, which moves by {@link #SIZE}. */
    public void write(ByteBuffer to) {
        ByteOrder given = to.order();
        to.order(ByteOrder.nativeOrder());
        to.putInt(type).putInt(requestId).putInt(transactionId).putInt(length);
        to.order(given);
    }
}
