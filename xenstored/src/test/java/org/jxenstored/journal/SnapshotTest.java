package org.jxenstored.journal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jxenstored.domain.QuotaName;
import org.jxenstored.domain.Quotas;
import org.jxenstored.protocol.StorePath;
import org.jxenstored.store.Generations;
import org.jxenstored.store.Tree;

/** Snapshots as streams, byte by byte. */
class SnapshotTest {
    private static final int END = 0;
    private static final int NODE_DATA = 5;
    private static final int TRANSACTION_DATA = 4;
    private static final int GLOBAL_QUOTA_DATA = 6;
    private static final int CHECKSUM = 0x6a780002;
    private static final int SNAPSHOT = 0x6a780003;

    private final ByteBuffer stream = ByteBuffer.allocate(4096);

    private void header(int version, boolean bigEndian) {
        stream.order(ByteOrder.BIG_ENDIAN)
                .put("xenstore".getBytes(ISO_8859_1))
                .putInt(version)
                .putInt(bigEndian ? 1 : 0);
        stream.order(bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        stream.putInt(SNAPSHOT).putInt(8).putInt(2).putInt(0);
    }

    private void node(String path, String value) {
        node(0, path, value);
    }

    private void node(int transaction, String path, String value) {
        int length = 16 + 4 + path.length() + 1 + value.length();
        stream.putInt(NODE_DATA).putInt(length).putInt(transaction).putInt(transaction);
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
        return remember().store().orElseThrow();
    }

    private Remembered remember() throws DamagedException {
        Remembered found = new Remembered(new Generations());
        SnapshotReader.read(stream.duplicate().flip(), found);
        return found;
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

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("S-STR-7: unknown quotas and those of the host as a whole are passed over; so are transactions")
    void whatIsNotKnownIsPassedOver(boolean bigEndian) throws DamagedException {
        header(2, bigEndian);
        byte[] names = "future\0nodes\0watches\0".getBytes(ISO_8859_1);
        stream.putInt(GLOBAL_QUOTA_DATA).putInt(16 + names.length).putShort((short) 2);
        stream.putShort((short) 1).putInt(1).putInt(-2).putInt(3).put(names);
        pad();
        stream.putInt(TRANSACTION_DATA).putInt(8).putInt(1).putInt(1);
        node("/", "");
        node("@releaseDomain", "");
        node("@introduceDomain", "");
        node(1, "/a", "not committed");
        end();
        Quotas quotas = remember().quotas().orElseThrow();
        assertThat(quotas).isEqualTo(Quotas.DEFAULTS.with(QuotaName.NODES, 0xffff_fffeL));
        assertThat(value(read(), "/a")).isEqualTo("no such node");
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
        stream.put(56, (byte) 'w');
        assertThatThrownBy(this::read).isInstanceOf(DamagedException.class);
        stream.position(stream.position() - 9);
        assertThatThrownBy(this::read).isInstanceOf(DamagedException.class);
    }
}
