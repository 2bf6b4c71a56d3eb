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
        for (int i = 0; i < watchToken.length(); i++) {
            payload[head.length + i] = (byte) watchToken.charAt(i);
        }
        latest = Message.event(Value.owning(payload));
        return latest;
    }
}
