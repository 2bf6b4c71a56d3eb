package org.jxenstored.journal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jxenstored.domain.QuotaName;
import org.jxenstored.domain.Quotas;
import org.jxenstored.protocol.Access;
import org.jxenstored.protocol.Permission;
import org.jxenstored.protocol.Value;
import org.jxenstored.store.Grant;
import org.jxenstored.store.Permissions;

/**
 * Reads the body of one record, of a journal or a migration stream. Whatever lengths stand in it, nothing behind it is
 * read, and nothing is made that is longer than it: that is a {@link BufferUnderflowException}, which the records' readers know.
 */
final class RecordReader {
    private final ByteBuffer from;

    /** @param body from its first byte on, in the order of the stream */
    RecordReader(ByteBuffer body) {
        this.from = body;
    }

    boolean isAtEnd() {
        return !from.hasRemaining();
    }

    int anyByte() {
        return Byte.toUnsignedInt(from.get());
    }

    int anyShort() {
        return Short.toUnsignedInt(from.getShort());
    }

    int anyInt() {
        return from.getInt();
    }

    long anyLong() {
        return from.getLong();
    }

    Value value(int length) {
        return Value.owning(bytes(length));
    }

    /** A text whose length is told, its NUL counted. */
    String text(int length) throws DamagedException {
        byte[] bytes = bytes(length);
        for (int i = 0; i < length; i++) {
            if (bytes[i] == 0) {
                return endingAt(i, bytes);
            }
        }
        throw new DamagedException("a text has no end");
    }

    private static String endingAt(int nul, byte[] bytes) throws DamagedException {
        if (nul != bytes.length - 1) {
            throw new DamagedException("a text ends before its end");
        }
        return new String(bytes, 0, nul, ISO_8859_1);
    }

    private String textUpToNul() {
        StringBuilder text = new StringBuilder();
        for (int next = anyByte(); next != 0; next = anyByte()) {
            text.append((char) next);
        }
        return text.toString();
    }

    private byte[] bytes(int length) {
        if (length < 0 || length > from.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[length];
        from.get(bytes);
        return bytes;
    }

    /** Goes to the next multiple of 8. */
    void skipPadding() {
        skip((int) JournalFile.aligned(from.position()) - from.position());
    }

    private void skip(int count) {
        if (count > from.remaining()) {
            throw new BufferUnderflowException();
        }
        from.position(from.position() + count);
    }

    /**
     * Values, then names: the first ones, so many, and others that are passed over (S-STR-7).
     *
     * <p>A quota this version does not know is left out; one that is not there keeps its default.
     */
    Quotas quotas(int count, int others) {
        ByteBuffer values = from.slice().order(from.order());
        skip(Integer.BYTES * (count + others));
        Map<QuotaName, Long> found = new EnumMap<>(QuotaName.class);
        for (int i = 0; i < count; i++) {
            long value = Integer.toUnsignedLong(values.getInt());
            QuotaName.ofWireName(textUpToNul()).ifPresent(name -> found.put(name, value));
        }
        return Quotas.DEFAULTS.with(found);
    }

    Permissions permissions(int count) throws DamagedException {
        if (count == 0) {
            throw new DamagedException("a node has no owner");
        }
        List<Grant> grants = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            char letter = (char) anyByte();
            boolean stale = (anyByte() & MigrationStream.STALE) != 0;
            Access access = Access.of(letter)
                    .orElseThrow(() -> new DamagedException("a permission has the letter " + (int) letter));
            grants.add(new Grant(new Permission(access, anyShort()), stale));
        }
        return Permissions.of(grants);
    }
}
