package org.jxenstored.client;

import java.io.ByteArrayOutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.jxenstored.protocol.Arguments;
import org.jxenstored.protocol.Errno;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.protocol.Value;

/** Reads a child list that is too long for one reply, in parts (P-DIRP). */
final class LongDirectory {
    private static final int ATTEMPTS = 100;

    private final NodeRequests requests;
    private final Sent original;
    private final ByteArrayOutputStream names = new ByteArrayOutputStream();
    private String generation = "";
    private @Nullable Connection carrier;
    private int attempts;

    /**
     * @param original the DIRECTORY request that was answered E2BIG
     */
    LongDirectory(NodeRequests requests, Sent original) {
        this.requests = requests;
        this.original = original;
    }

    /**
     * Reads all parts; starts over when the node's generation changes (P-DIRP-9), or the connection: a server that
     * was started anew may count from the beginning.
     */
    List<String> read() {
        boolean complete = false;
        while (!complete) {
            complete = addNextPart();
        }
        return Arguments.all(Value.owning(names.toByteArray()));
    }

    /** True if that was the last part. */
    private boolean addNextPart() {
        String path = original.subject();
        Value payload = Arguments.join(path, Integer.toString(names.size()));
        Sent sent = requests.send(MessageType.DIRECTORY_PART, path, payload);
        Value part = switch (sent.await()) {
            case Reply.Success(Value success) -> success;
            // The server knows no parts: the first answer stays.
            case Reply.Failure(Errno errno) when errno == Errno.ENOSYS -> throw original.exception(Errno.E2BIG);
            case Reply bad -> throw sent.exception(bad);
        };
        int nul = part.indexOfNul(0);
        if (nul < 0) {
            throw sent.malformed("a part of a directory without a generation");
        }
        if (names.size() == 0) {
            generation = part.text(0, nul);
            carrier = sent.reply().carrier();
            attempts++;
        } else if (!generation.equals(part.text(0, nul))
                || carrier != sent.reply().carrier()) {
            if (attempts == ATTEMPTS) {
                throw original.exception(Errno.EAGAIN);
            }
            names.reset();
            return false;
        }
        return add(part.slice(nul + 1, part.size()));
    }

    private boolean add(Value chunk) {
        int size = chunk.size();
        boolean last = size == 0 || (chunk.at(size - 1) == 0 && (size == 1 || chunk.at(size - 2) == 0));
        names.write(chunk.toByteArray(), 0, last ? Math.max(0, size - 1) : size);
        return last;
    }
}
