package org.jxenstored.journal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/** What tells a record of a journal from one that was not written as a whole, and from anything else. */
final class Checksum {
    private final CRC32C crc = new CRC32C();
    private final ByteBuffer numbers = ByteBuffer.allocate(2 * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);

    /** @param salt of the journal */
    Checksum(long salt) {
        numbers.putLong(0, salt);
    }

    /** Of the salt, a record's number and its body. */
    int of(long recordNumber, ByteBuffer body) {
        crc.reset();
        crc.update(numbers.putLong(Long.BYTES, recordNumber).clear());
        crc.update(body.duplicate());
        return (int) crc.getValue();
    }

    static int ofSalt(long salt) {
        return new Checksum(salt).of(0, ByteBuffer.allocate(0));
    }
}
