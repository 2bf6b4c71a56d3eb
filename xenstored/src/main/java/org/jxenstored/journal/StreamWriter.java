package org.jxenstored.journal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.util.zip.CRC32C;
import org.jxenstored.protocol.Value;

/** Puts the records of a migration stream together, little endian, in a buffer that is written whenever it is full. */
final class StreamWriter {
    private static final int BUFFER_SIZE = 64 << 10;

    private final WritableByteChannel to;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_SIZE).order(ByteOrder.LITTLE_ENDIAN);
    private final CRC32C crc = new CRC32C();
    private long written;
    private long recordEnd;

    StreamWriter(WritableByteChannel to) {
        this.to = to;
    }

    /** The stream's own header (S-STR-1). */
    void header() {
        buffer.put(MigrationStream.IDENT);
        buffer.order(ByteOrder.BIG_ENDIAN).putInt(MigrationStream.VERSION).putInt(0);
        buffer.order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Begins a record whose body has this length (S-STR-2). */
    void begin(int type, long length) throws IOException {
        int rounded = Math.toIntExact(JournalFile.aligned(length));
        room(MigrationStream.RECORD_HEADER_SIZE).putInt(type).putInt(rounded);
        recordEnd = position() + rounded;
    }

    /** Ends the record. A length that is not what was said would make all behind it unreadable. */
    void end() throws IOException {
        pad();
        if (position() != recordEnd) {
            throw new IllegalStateException("a record ends at byte " + position() + " instead of " + recordEnd);
        }
    }

    /** Zeros up to the next multiple of 8. */
    void pad() throws IOException {
        while (position() % JournalFile.ALIGNMENT != 0) {
            putByte(0);
        }
    }

    void putByte(int value) throws IOException {
        room(Byte.BYTES).put((byte) value);
    }

    /** A number of 16 bits without a sign. */
    void putShort(int value) throws IOException {
        if (value < 0 || value > 0xffff) {
            throw new IllegalArgumentException(value + " does not fit into 16 bits");
        }
        room(Short.BYTES).putShort((short) value);
    }

    void putInt(int value) throws IOException {
        room(Integer.BYTES).putInt(value);
    }

    void putLong(long value) throws IOException {
        room(Long.BYTES).putLong(value);
    }

    void put(Value value) throws IOException {
        for (int done = 0; done < value.size(); ) {
            int part = Math.min(value.size() - done, room(1).remaining());
            value.copyTo(buffer, done, part);
            done += part;
        }
    }

    /** A text of one byte a character, with a NUL behind it. */
    void putText(String text) throws IOException {
        byte[] bytes = text.getBytes(ISO_8859_1);
        room(bytes.length + 1).put(bytes).put((byte) 0);
    }

    /** The checksum and the end. */
    void finish() throws IOException {
        flush();
        long checksum = crc.getValue();
        begin(MigrationStream.JXENSTORED_CHECKSUM, Long.BYTES);
        putLong(checksum);
        begin(MigrationStream.END, 0);
        flush();
    }

    private long position() {
        return written + buffer.position();
    }

    private ByteBuffer room(int bytes) throws IOException {
        if (buffer.remaining() < bytes) {
            flush();
        }
        return buffer;
    }

    private void flush() throws IOException {
        buffer.flip();
        written += buffer.remaining();
        crc.update(buffer.duplicate());
        while (buffer.hasRemaining()) {
            to.write(buffer);
        }
        buffer.clear();
    }
}
