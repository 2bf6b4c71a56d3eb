package org.jxenstored.journal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.jxenstored.protocol.Access;
import org.jxenstored.protocol.Permission;
import org.jxenstored.protocol.Value;
import org.jxenstored.store.Grant;
import org.jxenstored.store.Permissions;

/** Reads what a {@link SnapshotWriter} wrote. */
final class SnapshotReader {
    private final ByteBuffer from;
    private final Remembered to;
    private final List<String> place = new ArrayList<>();
    private Permissions releaseDomain = Permissions.ownedBy(0);
    private boolean ended;
    private boolean checked;

    private SnapshotReader(ByteBuffer from, Remembered to) {
        this.from = from;
        this.to = to;
    }

    /** @throws DamagedException if it is not what was written */
    static void read(Path path, Remembered to) throws IOException {
        try (FileChannel channel = FileChannel.open(path);
                Arena arena = Arena.ofConfined()) {
            MemorySegment memory = channel.map(MapMode.READ_ONLY, 0, channel.size(), arena);
            read(memory.asByteBuffer(), to);
        }
    }

    static void read(ByteBuffer stream, Remembered to) throws DamagedException {
        try {
            SnapshotReader reader = new SnapshotReader(stream.duplicate().order(ByteOrder.BIG_ENDIAN), to);
            reader.header();
            while (!reader.ended) {
                reader.record();
            }
        } catch (BufferUnderflowException e) {
            throw new DamagedException("the stream is cut off");
        }
    }

    private void header() throws DamagedException {
        byte[] ident = bytes(MigrationStream.IDENT.length);
        int version = from.getInt();
        int flags = from.getInt();
        if (!Arrays.equals(ident, MigrationStream.IDENT) || version < 1 || version > MigrationStream.VERSION) {
            throw new DamagedException("this is no migration stream of version 1 or 2");
        }
        from.order((flags & MigrationStream.BIG_ENDIAN) != 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    }

    private void record() throws DamagedException {
        int begin = from.position();
        int type = from.getInt();
        int length = from.getInt();
        if (length < 0 || length > from.remaining()) {
            throw new DamagedException("the record at byte " + begin + " is longer than the stream");
        }
        int next = (int) Math.min(from.limit(), JournalFile.aligned((long) from.position() + length));
        switch (type) {
            case MigrationStream.END -> end();
            case MigrationStream.NODE_DATA -> node();
            case MigrationStream.JXENSTORED_DATA -> rest(length);
            case MigrationStream.JXENSTORED_CHECKSUM -> check(begin);
            default -> {
                // The stream may hold more than we know (S-STR-2).
            }
        }
        from.position(next);
    }

    private void rest(int room) throws DamagedException {
        long length = from.getLong();
        if (length < 0 || length > room - Long.BYTES) {
            throw new BufferUnderflowException();
        }
        ChangeReader.read(from.slice(from.position(), (int) length), to);
    }

    private void check(int end) throws DamagedException {
        CRC32C crc = new CRC32C();
        crc.update(from.duplicate().position(0).limit(end));
        if (crc.getValue() != from.getLong()) {
            throw new DamagedException("the checksum is not that of what was written");
        }
        checked = true;
    }

    private void end() throws DamagedException {
        if (!checked) {
            throw new DamagedException("there is no checksum");
        }
        ended = true;
    }

    private byte[] bytes(int length) {
        if (length < 0 || length > from.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[length];
        from.get(bytes);
        return bytes;
    }

    private int unsigned() {
        return Short.toUnsignedInt(from.getShort());
    }

    private void node() throws DamagedException {
        from.getInt();
        from.getInt();
        int pathLength = unsigned();
        int valueLength = unsigned();
        unsigned();
        Permissions permissions = permissions(unsigned());
        byte[] path = bytes(pathLength);
        if (pathLength < 2 || path[pathLength - 1] != 0) {
            throw new DamagedException("a node has no path");
        }
        Value value = Value.owning(bytes(valueLength));
        String text = new String(path, 0, pathLength - 1, ISO_8859_1);
        switch (text) {
            case "@releaseDomain" -> releaseDomain = permissions;
            case "@introduceDomain" -> to.tree().setSpecial(permissions, releaseDomain);
            default -> {
                goTo(text);
                to.tree().set(value, permissions);
            }
        }
    }

    /** From the node that was read last to this one: up, and down. */
    private void goTo(String path) throws DamagedException {
        if (!path.startsWith("/")) {
            throw new DamagedException("a node has the path " + path);
        }
        String[] names = path.equals("/") ? new String[0] : path.substring(1).split("/", -1);
        int common = 0;
        while (common < Math.min(names.length, place.size()) && names[common].equals(place.get(common))) {
            common++;
        }
        while (place.size() > common) {
            to.tree().up();
            place.removeLast();
        }
        for (String name : Arrays.asList(names).subList(common, names.length)) {
            to.tree().down(name);
            place.add(name);
        }
    }

    private Permissions permissions(int count) throws DamagedException {
        if (count == 0) {
            throw new DamagedException("a node has no owner");
        }
        List<Grant> grants = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            char letter = (char) from.get();
            boolean stale = (from.get() & MigrationStream.STALE) != 0;
            Access access = Access.of(letter)
                    .orElseThrow(() -> new DamagedException("a permission has the letter " + (int) letter));
            grants.add(new Grant(new Permission(access, unsigned()), stale));
        }
        return Permissions.of(grants);
    }
}
