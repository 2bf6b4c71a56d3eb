package org.jxenstored.journal;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file of records that is written through memory: what was appended outlives the process, however it ends.
 *
 * <p>A record is: length of the body, CRC32C of salt, number and body, number mixed with the
 * salt (8 bytes), body; all little endian, and
 * the next one at a multiple of 8. The length is written last, so a record is there as a whole or not at all.
 *
 * <p>A file begins with a {@link JournalHeader}. It may be used again, with another salt: what is left in it of the earlier
 * use does not count, and its pages need not be had anew, which costs more than all else for values of some size.
 */
final class JournalFile implements AutoCloseable {
    static final int RECORD_HEADER = 16;
    static final int ALIGNMENT = 8;

    /** Above these bits a record's number has that of the first file of its daemon. */
    static final int NUMBER_BITS = 40;

    /** The longest a journal can become. */
    static final long SIZE_MAX = 1L << 30;

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final MappedFile file;
    private final MemorySegment memory;

    /** The same, for what is copied. */
    private final ByteBuffer bytes;

    private long salt;
    private Checksum checksum;
    private long end;

    private JournalFile(MappedFile file) {
        this.file = file;
        this.memory = file.memory();
        this.bytes = memory.asByteBuffer();
        this.salt = JournalHeader.begin(memory);
        this.checksum = new Checksum(salt);
        this.end = JournalHeader.SIZE;
    }

    /**
     * A new file, with the room that is kept free for what cannot be refused: a disk may be full from now on. The one there
     * was of this name is gone.
     */
    static JournalFile create(Path path) throws IOException {
        MappedFile file = MappedFile.create(path, SIZE_MAX);
        try {
            file.allocate(Journal.RESERVE);
            return new JournalFile(file);
        } catch (IOException e) {
            file.close();
            // What it has of the room that is left is of no use to anybody.
            Files.deleteIfExists(path);
            throw e;
        }
    }

    /** Begins another journal, without what was in it; it keeps its room. */
    void beginAgain() {
        salt = JournalHeader.begin(memory);
        checksum = new Checksum(salt);
        end = JournalHeader.SIZE;
    }

    /** True if a record whose body has so many bytes can be appended. */
    boolean hasRoomFor(long bytes) {
        // The word behind the last record must be there.
        long needed = end + RECORD_HEADER + bytes + ALIGNMENT + Integer.BYTES;
        if (needed > SIZE_MAX) {
            return false;
        }
        try {
            file.allocate(needed);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Appends a record; there is room for it. */
    void append(long number, RecordBody body) {
        int length = body.size();
        long at = end;
        int from = Math.toIntExact(at + RECORD_HEADER);
        body.copyTo(bytes.limit(from + length).position(from));
        memory.set(LONG, at + 8, number ^ salt);
        memory.set(INT, at + 4, checksum.of(number, bytes.position(from)));
        end = at + aligned(RECORD_HEADER + (long) length);
        // An earlier use of the file may have left something there.
        memory.set(INT, end, 0);
        ValueLayout.JAVA_INT.varHandle().setRelease(memory, at, Integer.reverseBytes(bigEndian(length)));
    }

    /** The word's bytes are little endian on every machine. */
    private static int bigEndian(int length) {
        return ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? Integer.reverseBytes(length) : length;
    }

    static long aligned(long size) {
        return (size + ALIGNMENT - 1) & -ALIGNMENT;
    }

    /** Takes back what was appended last, from this size on. */
    void cutTo(long size) {
        ValueLayout.JAVA_INT.varHandle().setRelease(memory, size, 0);
        end = size;
    }

    /** Bytes of all records. */
    long size() {
        return end;
    }

    /** What was appended outlives the machine too, once this returns. */
    void force() throws IOException {
        file.force();
    }

    @Override
    public void close() throws IOException {
        file.close(end + Integer.BYTES);
    }
}
