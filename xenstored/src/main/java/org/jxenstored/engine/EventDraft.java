package org.jxenstored.engine;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;
import org.jxenstored.protocol.Header;
import org.jxenstored.protocol.Limits;
import org.jxenstored.protocol.Message;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.protocol.Value;

/**
 * The event that is to be queued (P-EVENT-1), as bytes that are used again for the next one: where somebody does not read,
 * no object is made of it. One change is told to many in a row, so the path stays where it is, and those with the same token
 * share one message.
 */
final class EventDraft {
    private final byte[] wire = new byte[Header.SIZE + Limits.PAYLOAD_MAX];
    private final ByteBuffer header = ByteBuffer.wrap(wire).order(ByteOrder.nativeOrder());
    private String path = "";
    private String token = "";
    private int length;
    private long hash;
    private @Nullable PayloadHash hashedBy;
    private @Nullable Message message;

    EventDraft() {
        new Header(MessageType.WATCH_EVENT.number(), 0, 0, 0).write(header);
        set(path, token);
    }

    /** It shows this path and token from now on, both of characters below 256; false if it is too long to be sent. */
    boolean show(String shownPath, String watchToken) {
        boolean samePath = shownPath.equals(path);
        if (samePath && watchToken.equals(token)) {
            return true;
        }
        if (shownPath.length() + watchToken.length() + 2 > Limits.PAYLOAD_MAX) {
            return false;
        }
        set(shownPath, watchToken);
        return true;
    }

    /** Needs no memory, so it is done as a whole. */
    private void set(String shownPath, String watchToken) {
        if (!shownPath.equals(path)) {
            path = shownPath;
            putLatin(path, Header.SIZE);
        }
        token = watchToken;
        int from = Header.SIZE + path.length();
        wire[from] = 0;
        putLatin(token, from + 1);
        wire[from + 1 + token.length()] = 0;
        length = path.length() + token.length() + 2;
        header.putInt(Header.SIZE - Integer.BYTES, length);
        message = null;
        hashedBy = null;
    }

    /** Deprecated for text in general; for characters below 256 it is right, and copies them without an array between. */
    @SuppressWarnings("deprecation")
    private void putLatin(String text, int offset) {
        text.getBytes(0, text.length(), wire, offset);
    }

    /** Bytes of header and payload. */
    int size() {
        return Header.SIZE + length;
    }

    /** Header and payload, and behind them bytes that mean nothing. Not to be changed, and others soon. */
    byte[] wire() {
        return wire;
    }

    /** Of the payload. */
    long hash(PayloadHash by) {
        if (!by.equals(hashedBy)) {
            hash = by.of(wire, Header.SIZE, length);
            hashedBy = by;
        }
        return hash;
    }

    boolean isPayload(Value payload) {
        return payload.size() == length && payload.isAt(0, wire, Header.SIZE, length);
    }

    /** A message of its own; the same one while it shows the same. */
    Message message() {
        Message made = message;
        if (made == null) {
            made = Message.event(Value.copyOf(wire, Header.SIZE, length));
            message = made;
        }
        return made;
    }
}
