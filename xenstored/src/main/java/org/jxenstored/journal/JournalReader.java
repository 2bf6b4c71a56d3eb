package org.jxenstored.journal;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;

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

    private final Checksum checksum = new Checksum();
    private final ByteBuffer file;
    private long lastNumber;

    private JournalReader(ByteBuffer file, long lastNumber) {
        this.file = file;
        this.lastNumber = lastNumber;
    }

    /**
     * Reads all records that are there as a whole.
     *
     * @param lastNumber of the record before the first; numbers go up from it, with gaps
     */
    static End read(Path path, long lastNumber, Receiver receiver) throws IOException {
        try (FileChannel channel = FileChannel.open(path);
                Arena arena = Arena.ofConfined()) {
            long size = Math.min(channel.size(), JournalFile.SIZE_MAX);
            MemorySegment memory = channel.map(MapMode.READ_ONLY, 0, size, arena);
            ByteBuffer file = memory.asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
            return new JournalReader(file, lastNumber).readAll(receiver);
        }
    }

    private End readAll(Receiver receiver) throws DamagedException {
        int at = 0;
        while (isRecord(at)) {
            lastNumber = file.getLong(at + 8);
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
                && file.getLong(at + 8) > lastNumber
                && file.getInt(at + 4) == checksum.of(file.getLong(at + 8), body(at));
    }

    private ByteBuffer body(int at) {
        return file.slice(at + JournalFile.RECORD_HEADER, length(at));
    }

    private int next(int at) {
        return (int) JournalFile.aligned((long) at + JournalFile.RECORD_HEADER + length(at));
    }

    /** True if no good record comes behind: so what is here was being written when the machine stopped. */
    private boolean isEnd(int from) {
        int to = Math.min(file.limit(), from + SEARCHED);
        for (int at = from + JournalFile.ALIGNMENT; at < to; at += JournalFile.ALIGNMENT) {
            if (isRecord(at)) {
                return false;
            }
        }
        return true;
    }
}
