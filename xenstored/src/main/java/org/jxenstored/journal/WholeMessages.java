package org.jxenstored.journal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.BitSet;
import org.jxenstored.protocol.Header;
import org.jxenstored.protocol.Limits;
import org.jxenstored.protocol.MessageType;

/**
 * Where whole messages begin in what is owed to a guest, which the stream wants to know (S-STR-5).
 *
 * <p>What is remembered of it is a row of bytes: the rest of a message, of which the beginning was sent, and messages; no place
 * between two of them. So that is looked for: the first place from which there are nothing but messages up to the end. A guest
 * that knows how may have written a value that looks as if they began in it. That changes nothing: whoever reads the stream
 * sends the rest and then the messages, which are the same bytes in the same order wherever the one ends.
 */
final class WholeMessages {
    private static final int LENGTH_OFFSET = 12;

    private WholeMessages() {}

    /** How many of the bytes come before them; all of them if there is no whole message. */
    static int begin(byte[] owed) {
        ByteBuffer bytes = ByteBuffer.wrap(owed).order(ByteOrder.nativeOrder());
        BitSet nothingElseFrom = new BitSet(owed.length + 1);
        nothingElseFrom.set(owed.length);
        for (int at = owed.length - Header.SIZE; at >= 0; at--) {
            int length = bytes.getInt(at + LENGTH_OFFSET);
            if (length >= 0
                    && length <= Limits.PAYLOAD_MAX
                    && nothingElseFrom.get(at + Header.SIZE + length)
                    && MessageType.of(bytes.getInt(at)).isPresent()) {
                nothingElseFrom.set(at);
            }
        }
        return nothingElseFrom.nextSetBit(0);
    }
}
