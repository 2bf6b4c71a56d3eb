package org.jxenstored.protocol;

import java.nio.ByteBuffer;

/**
 * One message in either direction.
 *
 * @param type number of the message type; a client may send any
 * @param requestId copied from the request, 0 in events (P-HDR-4, P-HDR-6)
 * @param transactionId copied from the request, 0 in events
 * @param payload at most {@link Limits#PAYLOAD_MAX} bytes
 */
public record Message(int type, int requestId, int transactionId, Value payload) {

    /** A request, or a reply of that type. */
    public static Message of(MessageType type, int requestId, int transactionId, Value payload) {
        return new Message(type.number(), requestId, transactionId, payload);
    }

    /** An unsolicited watch event (P-HDR-6). */
    public static Message event(Value payload) {
        return of(MessageType.WATCH_EVENT, 0, 0, payload);
    }

    /** The reply of this request's type (P-HDR-4, P-HDR-5). */
    public Message reply(Value answer) {
        return new Message(type, requestId, transactionId, answer);
    }

    /** The ERROR reply to this request (P-HDR-5). */
    public Message error(Errno errno) {
        return of(MessageType.ERROR, requestId, transactionId, errno.payload());
    }

    public boolean isOfType(MessageType other) {
        return type == other.number();
    }

    /** Header and payload together, in bytes. */
    public int size() {
        return Header.SIZE + payload.size();
    }

    /** Puts header and payload at the buffer's position. */
    public void write(ByteBuffer to) {
        new Header(type, requestId, transactionId, payload.size()).write(to);
        payload.copyTo(to);
    }

    /** Puts {@code length} of the bytes of header and payload, from {@code offset} on, at the buffer's position. */
    public void write(ByteBuffer to, int offset, int length) {
        int ofHeader = Math.clamp(Header.SIZE - (long) offset, 0, length);
        if (ofHeader > 0) {
            ByteBuffer header = ByteBuffer.allocate(Header.SIZE);
            new Header(type, requestId, transactionId, payload.size()).write(header);
            to.put(header.array(), offset, ofHeader);
        }
        if (ofHeader < length) {
            payload.copyTo(to, offset + ofHeader - Header.SIZE, length - ofHeader);
        }
    }

    /** Header and payload as the wire carries them. */
    public byte[] toByteArray() {
        ByteBuffer bytes = ByteBuffer.allocate(size());
        write(bytes);
        return bytes.array();
    }
}
