package org.jxenstored.journal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jxenstored.engine.EngineWorld;
import org.jxenstored.protocol.StorePath;
import org.jxenstored.store.Generations;
import org.jxenstored.store.Tree;

/** Snapshots as streams, byte by byte. */
class SnapshotTest {
    private static final int END = 0;
    private static final int NODE_DATA = 5;
    private static final int CHECKSUM = 0x6a780002;

    private final ByteBuffer stream = ByteBuffer.allocate(4096);

    private void header(int version, boolean bigEndian) {
        stream.order(ByteOrder.BIG_ENDIAN)
                .put("xenstore".getBytes(ISO_8859_1))
                .putInt(version)
                .putInt(bigEndian ? 1 : 0);
        stream.order(bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    }

    private void node(String path, String value) {
        int length = 16 + 4 + path.length() + 1 + value.length();
        stream.putInt(NODE_DATA).putInt(length).putInt(0).putInt(0);
        stream.putShort((short) (path.length() + 1)).putShort((short) value.length());
        stream.putShort((short) 0).putShort((short) 1);
        stream.put((byte) 'n').put((byte) 0).putShort((short) 7);
        stream.put(path.getBytes(ISO_8859_1)).put((byte) 0).put(value.getBytes(ISO_8859_1));
        pad();
    }

    private void unknown(int length) {
        stream.putInt(99).putInt(length).put(new byte[length]);
        pad();
    }

    private void pad() {
        while (stream.position() % 8 != 0) {
            stream.put((byte) 0);
        }
    }

    private void end() {
        CRC32C crc = new CRC32C();
        crc.update(stream.array(), 0, stream.position());
        stream.putInt(CHECKSUM).putInt(8).putLong(crc.getValue());
        stream.putInt(END).putInt(0);
    }

    private Tree read() throws DamagedException {
        Remembered found = new Remembered(new Generations());
        SnapshotReader.read(stream.duplicate().flip(), found);
        return found.store().orElseThrow();
    }

    private static String value(Tree tree, String path) {
        var node = tree.find(StorePath.of(path));
        return node == null ? "no such node" : node.value().text();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName(
            "S-STR-1, S-STR-2, S-STR-4: streams of both byte orders are read; unknown records and padding are skipped")
    void bothByteOrdersAreRead(boolean bigEndian) throws DamagedException {
        header(1, bigEndian);
        unknown(5);
        node("/", "");
        node("/a", "odd");
        node("/a/b", "below");
        node("/c", "");
        unknown(8);
        node("@releaseDomain", "");
        node("@introduceDomain", "");
        end();
        Tree tree = read();
        assertThat(value(tree, "/a")).isEqualTo("odd");
        assertThat(value(tree, "/a/b")).isEqualTo("below");
        assertThat(tree.root().children())
                .extracting(java.util.Map.Entry::getKey)
                .containsExactly("a", "c");
    }

    @Test
    @DisplayName("S-STR-1: what is no stream, or one of a later version, is refused")
    void anythingElseIsRefused() {
        header(3, false);
        end();
        assertThatThrownBy(this::read).isInstanceOf(DamagedException.class).hasMessageContaining("version 1 or 2");
    }

    @Test
    @DisplayName("a stream that was changed is refused by its checksum, one that is cut off by its end")
    void aChangedStreamIsRefused() {
        header(2, false);
        node("/", "");
        node("@releaseDomain", "");
        node("@introduceDomain", "");
        end();
        stream.put(40, (byte) 'w');
        assertThatThrownBy(this::read).isInstanceOf(DamagedException.class);
        stream.position(stream.position() - 9);
        assertThatThrownBy(this::read).isInstanceOf(DamagedException.class);
    }

    @Test
    @DisplayName(
            "S-STR-1, S-STR-2, S-STR-4: what is written begins with ident, version 2 and little endian; / comes first,"
                    + " parents before children, the special nodes at the end, every record at a multiple of 8")
    void whatIsWrittenFollowsTheFormat() throws IOException {
        class World extends EngineWorld {
            Tree tree() {
                ask(dom0, "WRITE", "/z/y", "1");
                ask(dom0, "WRITE", "/a", "2");
                return engine.store().tree();
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SnapshotWriter.write(Channels.newChannel(out), new World().tree(), ByteBuffer.allocate(3));
        ByteBuffer written = ByteBuffer.wrap(out.toByteArray());
        byte[] ident = new byte[8];
        written.get(ident);
        assertThat(new String(ident, ISO_8859_1)).isEqualTo("xenstore");
        assertThat(written.getInt()).isEqualTo(2);
        assertThat(written.getInt()).isZero();
        List<String> paths = paths(written.order(ByteOrder.LITTLE_ENDIAN));
        assertThat(paths).startsWith("/").endsWith("@releaseDomain", "@introduceDomain");
        assertThat(paths).containsSubsequence("/z", "/z/y", "/a");
    }

    private static List<String> paths(ByteBuffer records) {
        List<String> paths = new java.util.ArrayList<>();
        while (true) {
            assertThat(records.position() % 8).isZero();
            int type = records.getInt();
            int length = records.getInt();
            if (type == END) {
                assertThat(length).isZero();
                assertThat(records.hasRemaining()).isFalse();
                return paths;
            }
            assertThat(length % 8).isZero();
            if (type == NODE_DATA) {
                int body = records.position();
                int pathLength = records.getShort(body + 8) - 1;
                int permissions = records.getShort(body + 14);
                byte[] path = new byte[pathLength];
                records.get(body + 16 + 4 * permissions, path);
                paths.add(new String(path, ISO_8859_1));
            }
            records.position(records.position() + length);
        }
    }
}
