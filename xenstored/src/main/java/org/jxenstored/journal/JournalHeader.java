package org.jxenstored.journal;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.SecureRandom;
import java.util.OptionalLong;

/**
 * What a journal begins with: its format, and a salt that all its records are marked with.
 *
 * <p>A file that is used again holds bytes behind its last record that guests chose. They cannot know the salt, so nothing
 * there is taken for a record.
 *
 * <p>Bytes, little endian: format (8), salt (8), CRC32C of the salt (4), zeros (4). A format of 0 is a file that was not begun.
 */
final class JournalHeader {
    static final int SIZE = 24;

    /** The letters {@code jxjourn2}. */
    private static final long FORMAT = 0x326e72756f6a786aL;

    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final SecureRandom RANDOM = new SecureRandom();

    private JournalHeader() {}

    /** Begins a file; returns its salt. The format comes last, so a header is there as a whole or not at all. */
    static long begin(MemorySegment file) {
        long salt = RANDOM.nextLong();
        file.set(LONG, 0, 0L);
        file.set(LONG, 8, salt);
        file.set(INT, 16, Checksum.ofSalt(salt));
        file.set(INT, 20, 0);
        file.set(INT, SIZE, 0);
        file.set(LONG, 0, FORMAT);
        return salt;
    }

    /**
     * The salt of a file; empty if the file was not begun.
     *
     * @throws DamagedException if it does not begin as a journal of this version
     */
    static OptionalLong read(ByteBuffer file) throws DamagedException {
        if (file.limit() < SIZE || file.getLong(0) == 0) {
            return OptionalLong.empty();
        }
        if (file.getLong(0) != FORMAT) {
            throw new DamagedException("it does not begin as a journal of this version of xenstored");
        }
        long salt = file.getLong(8);
        if (file.getInt(16) != Checksum.ofSalt(salt)) {
            throw new DamagedException("its beginning is not what was written");
        }
        return OptionalLong.of(salt);
    }
}
