package org.jxenstored.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import org.jxenstored.protocol.Message;
import org.jxenstored.protocol.Value;

/**
 * Makes events (P-EVENT-1). One change is told to many in a row: those with the same token share one event, and all
 * share the bytes of the path.
 */
final class EventMessages {
    private String path = "";
    private String token = "";
    private byte[] head = {0};
    private Message latest = Message.event(Value.owning(new byte[2]));

    /** The event that shows this path and token; both of characters below 256. */
    Message of(String shownPath, String watchToken) {
        boolean samePath = shownPath.equals(path);
        if (samePath && watchToken.equals(token)) {
            return latest;
        }
        if (!samePath) {
            path = shownPath;
            head = (shownPath + '\0').getBytes(ISO_8859_1);
        }
        token = watchToken;
        byte[] payload = Arrays.copyOf(head, head.length + watchToken.length() + 1);
        putLatin(watchToken, payload, head.length);
        latest = Message.event(Value.owning(payload));
        return latest;
    }

    /** Deprecated for text in general; for characters below 256 it is right, and copies them without an array between. */
    @SuppressWarnings("deprecation")
    private static void putLatin(String text, byte[] to, int offset) {
        text.getBytes(0, text.length(), to, offset);
    }
}
