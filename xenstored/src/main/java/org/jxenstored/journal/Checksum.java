package org.jxenstored.journal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/** What tells a record from one that was not written as a whole. */
final class Checksum {
    private final CRC32C crc = new CRC32C();
    private final ByteBuffer number = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);

    /** Of a record's number and its body. */
    int of(long recordNumber, ByteBuffer body) {
        crc.reset();
        crc.update(number.putLong(0, recordNumber).clear());
        crc.update(body.duplicate());
        return (int) crc.getValue();
    }
}
