package org.jxenstored.journal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.zip.CRC32C;
import org.jxenstored.store.Grant;
import org.jxenstored.store.Node;
import org.jxenstored.store.Tree;

/** Writes all that is remembered as a migration stream: nodes in their order (S-STR-3, S-STR-4), then the rest. */
final class SnapshotWriter {
    private static final int BUFFER_SIZE = 1 << 20;

    private final WritableByteChannel to;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_SIZE).order(ByteOrder.LITTLE_ENDIAN);
    private final CRC32C crc = new CRC32C();

    private SnapshotWriter(WritableByteChannel to) {
        this.to = to;
    }

    /** @param rest what a {@link ChangeWriter} wrote of all but the nodes */
    static void write(WritableByteChannel to, Tree tree, ByteBuffer rest) throws IOException {
        SnapshotWriter writer = new SnapshotWriter(to);
        writer.header();
        writer.nodes(tree);
        writer.record(MigrationStream.JXENSTORED_DATA, rest);
        writer.end();
    }

    private void header() {
        buffer.put(MigrationStream.IDENT);
        buffer.order(ByteOrder.BIG_ENDIAN).putInt(MigrationStream.VERSION).putInt(0);
        buffer.order(ByteOrder.LITTLE_ENDIAN);
    }

    private void nodes(Tree tree) throws IOException {
        Deque<Step> waiting = new ArrayDeque<>();
        waiting.push(new Step("/", tree.root()));
        while (!waiting.isEmpty()) {
            Step step = waiting.pop();
            node(step.path, step.node);
            String prefix = step.path.equals("/") ? "/" : step.path + "/";
            Deque<Step> children = new ArrayDeque<>();
            step.node.children().forEach(child -> children.push(new Step(prefix + child.getKey(), child.getValue())));
            children.forEach(waiting::push);
        }
        node("@releaseDomain", tree.releaseDomain());
        node("@introduceDomain", tree.introduceDomain());
    }

    private record Step(String path, Node node) {}

    private void node(String path, Node node) throws IOException {
        byte[] name = path.getBytes(ISO_8859_1);
        int permissions = node.permissions().size();
        int length = 16 + 4 * permissions + name.length + 1 + node.value().size();
        begin(MigrationStream.NODE_DATA, length);
        buffer.putInt(0).putInt(0);
        buffer.putShort((short) (name.length + 1)).putShort((short) node.value().size());
        buffer.putShort((short) 0).putShort((short) permissions);
        for (Grant grant : node.permissions()) {
            buffer.put((byte) grant.permission().access().letter());
            buffer.put((byte) (grant.stale() ? MigrationStream.STALE : 0));
            buffer.putShort((short) grant.domid());
        }
        buffer.put(name).put((byte) 0);
        node.value().copyTo(buffer);
        pad();
    }

    /** Makes room for a record of this length, which must be less than the buffer, and writes its header. */
    private void begin(int type, int length) throws IOException {
        if (buffer.remaining() < MigrationStream.RECORD_HEADER_SIZE + length + MigrationStream.ALIGNMENT) {
            flush();
        }
        buffer.putInt(type).putInt((int) JournalFile.aligned(length));
    }

    private void pad() {
        while (buffer.position() % MigrationStream.ALIGNMENT != 0) {
            buffer.put((byte) 0);
        }
    }

    /** A record of any length: how long the body is, without padding, and the body. */
    private void record(int type, ByteBuffer body) throws IOException {
        begin(type, Long.BYTES);
        buffer.putInt(
                buffer.position() - Integer.BYTES, (int) JournalFile.aligned(Long.BYTES + (long) body.remaining()));
        buffer.putLong(body.remaining());
        ByteBuffer left = body.duplicate();
        while (left.hasRemaining()) {
            if (!buffer.hasRemaining()) {
                flush();
            }
            int part = Math.min(left.remaining(), buffer.remaining());
            buffer.put(left.slice(left.position(), part));
            left.position(left.position() + part);
        }
        if (buffer.remaining() < MigrationStream.ALIGNMENT) {
            flush();
        }
        pad();
    }

    private void end() throws IOException {
        flush();
        buffer.putInt(MigrationStream.JXENSTORED_CHECKSUM)
                .putInt(MigrationStream.ALIGNMENT)
                .putLong(crc.getValue());
        buffer.putInt(MigrationStream.END).putInt(0);
        flush();
    }

    private void flush() throws IOException {
        buffer.flip();
        crc.update(buffer.duplicate());
        while (buffer.hasRemaining()) {
            to.write(buffer);
        }
        buffer.clear();
    }
}
