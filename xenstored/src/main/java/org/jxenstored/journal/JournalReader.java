package org.jxenstored.journal;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalLong;

/** Reads a journal from its beginning: up to its end, to a torn end, or to a damage. */
final class JournalReader {
    /** Told of each record. */
    @FunctionalInterface
    interface Receiver {
        void record(long number, ByteBuffer body) throws DamagedException;
    }

    /**
     * How the reading ended.
     *
     * @param lastNumber of the last record, or what came before the first
     * @param damage what is wrong with the next record, if there are good ones behind it; else empty
     */
    record End(long lastNumber, String damage) {}

    /** How far behind a record that is not good others are looked for, bytes. */
    private static final int SEARCHED = 8 << 20;

    private static final byte[] ZEROS = new byte[64 << 10];

    private final long salt;
    private final Checksum checksum;
    private final FileChannel channel;
    private final ByteBuffer file;
    private final long fileNumber;
    private long lastNumber;

    private JournalReader(FileChannel channel, ByteBuffer file, long salt, long fileNumber, long lastNumber) {
        this.channel = channel;
        this.file = file;
        this.fileNumber = fileNumber;
        this.salt = salt;
        this.checksum = new Checksum(salt);
        this.lastNumber = lastNumber;
    }

    /**
     * Reads all records that are there as a whole.
     *
     * @param fileNumber of the journal
     * @param lastNumber of the record before the first; numbers go up from it, with gaps
     */
    static End read(Path path, long fileNumber, long lastNumber, Receiver receiver) throws IOException {
        try (FileChannel channel = FileChannel.open(path);
                Arena arena = Arena.ofConfined()) {
            long size = Math.min(channel.size(), JournalFile.SIZE_MAX);
            MemorySegment memory = channel.map(MapMode.READ_ONLY, 0, size, arena);
            ByteBuffer file = memory.asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
            OptionalLong salt;
            try {
                salt = JournalHeader.read(file);
            } catch (DamagedException e) {
                return new End(lastNumber, String.valueOf(e.getMessage()));
            }
            return salt.isEmpty()
                    ? new End(lastNumber, "")
                    : new JournalReader(channel, file, salt.getAsLong(), fileNumber, lastNumber).readAll(receiver);
        }
    }

    private End readAll(Receiver receiver) throws IOException {
        int at = JournalHeader.SIZE;
        while (isRecord(at)) {
            lastNumber = number(at);
            receiver.record(lastNumber, body(at));
            at = next(at);
        }
        return new End(lastNumber, isEnd(at) ? "" : "the record at byte " + at + " is not what was written");
    }

    private int length(int at) {
        return file.limit() - at < JournalFile.RECORD_HEADER ? 0 : file.getInt(at);
    }

    private boolean isRecord(int at) {
        int length = length(at);
        return length > 0
                && length <= file.limit() - at - JournalFile.RECORD_HEADER
                && isNext(number(at))
                && file.getInt(at + 4) == checksum.of(number(at), body(at));
    }

    /** What is no number of this journal need not be looked at any further. */
    private boolean isNext(long number) {
        return number > lastNumber && number >>> JournalFile.NUMBER_BITS <= fileNumber;
    }

    private long number(int at) {
        return file.getLong(at + 8) ^ salt;
    }

    private ByteBuffer body(int at) {
        return file.slice(at + JournalFile.RECORD_HEADER, length(at));
    }

    private int next(int at) {
        return (int) JournalFile.aligned((long) at + JournalFile.RECORD_HEADER + length(at));
    }

    /**
     * True if no good record comes behind: so what is here was being written when the machine stopped.
     *
     * <p>Behind the last record the file has no room yet. It is read for that, and not touched in memory: where the disk is
     * full that would end the process.
     */
    private boolean isEnd(int from) throws IOException {
        int to = Math.min(file.limit(), from + SEARCHED);
        ByteBuffer part = ByteBuffer.allocate(ZEROS.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int start = from + JournalFile.ALIGNMENT; start < to; start += part.capacity()) {
            int size = fill(part, start);
            if (Arrays.mismatch(part.array(), 0, size, ZEROS, 0, size) >= 0 && hasRecord(part, size, start)) {
                return false;
            }
        }
        return true;
    }

    /** Reads from the file; returns how much of it there is. */
    private int fill(ByteBuffer part, int from) throws IOException {
        part.clear();
        while (part.hasRemaining() && channel.read(part, from + (long) part.position()) > 0) {}
        return part.position();
    }

    private boolean hasRecord(ByteBuffer part, int size, int start) {
        for (int i = 0; i + Integer.BYTES <= size; i += JournalFile.ALIGNMENT) {
            if (part.getInt(i) > 0 && part.getInt(i) <= SEARCHED && isRecord(start + i)) {
                return true;
            }
        }
        return false;
    }
}
