package org.jxenstored.journal;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jxenstored.protocol.Value;

/** Reads what a {@link SnapshotWriter} wrote. */
final class SnapshotReader {
    private final ByteBuffer from;
    private final Remembered to;
    private final GuestRecords guests;
    private final NodeRecords nodes;
    private boolean begun;
    private boolean ended;
    private boolean checked;

    private SnapshotReader(ByteBuffer from, Remembered to) {
        this.from = from;
        this.to = to;
        this.guests = new GuestRecords(to);
        this.nodes = new NodeRecords(to.tree());
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
        SnapshotReader reader = new SnapshotReader(stream.duplicate().order(ByteOrder.BIG_ENDIAN), to);
        try {
            reader.header();
            while (!reader.ended) {
                reader.record();
            }
        } catch (BufferUnderflowException e) {
            throw new DamagedException("the stream, or a record in it, is cut off at byte " + reader.from.position());
        }
    }

    private void header() throws DamagedException {
        byte[] ident = new byte[MigrationStream.IDENT.length];
        from.get(ident);
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
        if (!begun && type != MigrationStream.JXENSTORED_SNAPSHOT) {
            throw new DamagedException("it does not say its layout: the build that wrote it was not of this version");
        }
        RecordReader body = new RecordReader(from.slice(from.position(), length).order(from.order()));
        switch (type) {
            case MigrationStream.END -> end();
            case MigrationStream.CONNECTION_DATA -> guests.connection(body);
            case MigrationStream.WATCH_DATA -> guests.watch(body, false);
            case MigrationStream.WATCH_DATA_EXTENDED -> guests.watch(body, true);
            case MigrationStream.NODE_DATA -> nodes.node(body);
            case MigrationStream.GLOBAL_QUOTA_DATA -> globalQuotas(body);
            case MigrationStream.DOMAIN_DATA -> guests.domain(body);
            case MigrationStream.JXENSTORED_SNAPSHOT -> snapshot(body);
            case MigrationStream.JXENSTORED_RING -> guests.ring(body);
            case MigrationStream.JXENSTORED_DOMAIN -> guests.ourDomain(body);
            case MigrationStream.JXENSTORED_CHECKSUM -> check(begin, body);
            default -> {
                // Descriptors and transactions are nothing to a new process (S-STR-7), and the stream may hold more
                // than
                // we know (S-STR-2).
            }
        }
        from.position((int) Math.min(from.limit(), JournalFile.aligned((long) from.position() + length)));
    }

    private void snapshot(RecordReader body) throws DamagedException {
        int layout = body.anyInt();
        if (layout != MigrationStream.LAYOUT) {
            throw new DamagedException("its layout is " + layout + ", and this version reads layout "
                    + MigrationStream.LAYOUT + " only: start the version that wrote it");
        }
        begun = true;
        Value boot = body.value(body.anyInt());
        if (!boot.isEmpty()) {
            to.setBoot(boot.text());
        }
    }

    /** The first number is that of quotas each domain gets; those of the host as a whole are not known (S-STR-7). */
    private void globalQuotas(RecordReader body) {
        int ofDomains = body.anyShort();
        int ofHost = body.anyShort();
        to.setQuotas(body.quotas(ofDomains, ofHost));
    }

    private void check(int end, RecordReader body) throws DamagedException {
        CRC32C crc = new CRC32C();
        crc.update(from.duplicate().position(0).limit(end));
        if (crc.getValue() != body.anyLong()) {
            throw new DamagedException("the checksum is not that of what was written");
        }
        checked = true;
    }

    private void end() throws DamagedException {
        if (!checked) {
            throw new DamagedException("there is no checksum");
        }
        guests.finish();
        ended = true;
    }
}
