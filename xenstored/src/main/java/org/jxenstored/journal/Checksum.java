package org.jxenstored.journal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/** What tells a record of a file from one that was not written as a whole, and from those of an earlier use of the file. */
final class Checksum {
    private final CRC32C crc = new CRC32C();
    private final ByteBuffer numbers = ByteBuffer.allocate(2 * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);

    /** @param file number of the journal */
    Checksum(long file) {
        numbers.putLong(0, file);
    }

    /** Of the numbers of the file and the record, and the body. */
    int of(long recordNumber, ByteBuffer body) {
        crc.reset();
        crc.update(numbers.putLong(Long.BYTES, recordNumber).clear());
        crc.update(body.duplicate());
        return (int) crc.getValue();
    }
}
