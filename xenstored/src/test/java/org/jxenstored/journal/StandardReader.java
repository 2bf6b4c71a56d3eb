package org.jxenstored.journal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A reader of migration streams that knows no more than docs/spec/semantics.md 11.2, as that of another daemon would. It has
 * nothing in common with ours, puts every record it knows into words, and minds every byte: lengths, alignment, padding, order.
 */
final class StandardReader {
    private static final int UNKNOWN = 9;

    private final ByteBuffer stream;
    private final List<String> records = new ArrayList<>();
    private final List<String> nodes = new ArrayList<>();
    private final Set<Integer> connections = new HashSet<>();
    private final Set<Integer> domids = new HashSet<>();
    private int place;
    private ByteBuffer body = ByteBuffer.allocate(0);

    private StandardReader(byte[] bytes) {
        stream = ByteBuffer.wrap(bytes);
    }

    /** Its records in words, without those of types the standard does not have. */
    static List<String> read(byte[] bytes) {
        StandardReader reader = new StandardReader(bytes);
        reader.readAll();
        return reader.records;
    }

    private void readAll() {
        byte[] ident = new byte[8];
        stream.get(ident);
        assertThat(new String(ident, ISO_8859_1)).isEqualTo("xenstore");
        assertThat(stream.getInt()).as("version").isEqualTo(2);
        assertThat(stream.getInt()).as("flags").isZero();
        stream.order(ByteOrder.LITTLE_ENDIAN);
        boolean more = true;
        while (more) {
            assertThat(stream.position() % 8).isZero();
            int type = stream.getInt();
            int length = stream.getInt();
            assertThat(length).isNotNegative().isLessThanOrEqualTo(stream.remaining());
            assertThat(length % 8).isZero();
            body = stream.slice(stream.position(), length).order(ByteOrder.LITTLE_ENDIAN);
            stream.position(stream.position() + length);
            more = type != 0;
            if (Integer.compareUnsigned(type, UNKNOWN) < 0) {
                record(type);
                restIsPadding(8);
            }
        }
        assertThat(stream.hasRemaining()).as("bytes behind the end").isFalse();
    }

    /** What is not read yet is less than this and zero. */
    private void restIsPadding(int size) {
        assertThat(body.remaining()).isLessThan(size);
        while (body.position() % 8 != 0) {
            assertThat(body.get()).isZero();
        }
    }

    private void record(int type) {
        switch (type) {
            case 0 -> assertThat(body.hasRemaining()).isFalse();
            case 1 -> inPlace(1, "GLOBAL listens " + body.getInt() + " events " + body.getInt());
            case 2 -> connection();
            case 3 -> watch(false);
            case 5 -> node();
            case 6 -> globalQuotas();
            case 7 -> domain();
            case 8 -> watch(true);
            default -> throw new AssertionError("nobody writes records of type " + type);
        }
    }

    /** Types come one after the other (S-STR-3). */
    private void inPlace(int number, String words) {
        assertThat(number).as(words).isGreaterThanOrEqualTo(place);
        place = number;
        records.add(words);
    }

    private int u16() {
        return Short.toUnsignedInt(body.getShort());
    }

    private String bytes(int length) {
        byte[] bytes = new byte[length];
        body.get(bytes);
        return new String(bytes, ISO_8859_1);
    }

    /** With the NUL at its end. */
    private String text(int length) {
        String text = bytes(length);
        assertThat(text.indexOf('\0')).as("length of %s", text).isEqualTo(length - 1);
        return text.substring(0, length - 1);
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (byte next = body.get(); next != 0; next = body.get()) {
            text.append((char) next);
        }
        return text.toString();
    }

    private void globalQuotas() {
        int ofDomains = u16();
        assertThat(u16()).as("quotas of the host").isZero();
        inPlace(2, "QUOTAS" + quotas(ofDomains));
    }

    private String quotas(int count) {
        long[] values = new long[count];
        for (int i = 0; i < count; i++) {
            values[i] = Integer.toUnsignedLong(body.getInt());
        }
        StringBuilder all = new StringBuilder();
        for (long value : values) {
            all.append(' ').append(text()).append('=').append(value);
        }
        return all.toString();
    }

    private void connection() {
        int id = body.getInt();
        assertThat(id).isPositive();
        assertThat(connections.add(id)).isTrue();
        assertThat(u16()).as("kind of connection").isZero();
        int fields = u16();
        int domid = u16();
        assertThat(domids.add(domid)).isTrue();
        int target = u16();
        int port = body.getInt();
        int inLength = u16();
        int restLength = u16();
        int outLength = body.getInt();
        String in = bytes(inLength);
        String out = bytes(outLength);
        while (body.position() % 8 != 0) {
            assertThat(body.get()).isZero();
        }
        assertThat(fields).isBetween(0, 1);
        String unique = fields == 1 ? Long.toString(body.getLong()) : "none";
        assertThat(body.hasRemaining()).isFalse();
        inPlace(
                3,
                "RING " + id + " of " + domid + " target " + Integer.toHexString(target) + " port " + port + " unique "
                        + unique + " in '" + in + "' rest '" + out.substring(0, restLength) + "' messages "
                        + messages(out.substring(restLength)));
    }

    /** Each by the letter of its type and the length of its payload. */
    private static String messages(String out) {
        ByteBuffer left = ByteBuffer.wrap(out.getBytes(ISO_8859_1)).order(ByteOrder.nativeOrder());
        List<String> all = new ArrayList<>();
        while (left.hasRemaining()) {
            int type = left.getInt();
            left.getInt();
            left.getInt();
            int length = left.getInt();
            assertThat(length).isBetween(0, 4096);
            left.position(left.position() + length);
            all.add(type + ":" + length);
        }
        return all.toString();
    }

    private void watch(boolean extended) {
        int connection = body.getInt();
        assertThat(connections).contains(connection);
        int pathLength = u16();
        int tokenLength = u16();
        String depth = extended ? " depth " + u16() : "";
        if (extended) {
            assertThat(u16()).as("padding").isZero();
        }
        inPlace(3, "WATCH " + connection + " " + text(pathLength) + " " + text(tokenLength) + depth);
    }

    private void node() {
        assertThat(body.getLong()).as("connection and transaction").isZero();
        int pathLength = u16();
        int valueLength = u16();
        assertThat(u16()).as("access").isZero();
        StringBuilder permissions = new StringBuilder();
        for (int left = u16(); left > 0; left--) {
            char letter = (char) body.get();
            assertThat(letter).isIn('n', 'r', 'w', 'b');
            int flags = body.get();
            assertThat(flags).isBetween(0, 1);
            permissions.append(' ').append(letter).append(u16()).append(flags == 1 ? "(stale)" : "");
        }
        assertThat(permissions).isNotEmpty();
        String path = text(pathLength);
        comesInTurn(path);
        inPlace(4, "NODE " + path + permissions + " = " + bytes(valueLength));
    }

    /** The root first, parents before their children, the special ones last (S-STR-4). */
    private void comesInTurn(String path) {
        if (path.equals("/")) {
            assertThat(nodes).isEmpty();
        } else if (path.startsWith("@")) {
            assertThat(nodes).startsWith("/");
        } else {
            assertThat(nodes).doesNotContain("@releaseDomain");
            assertThat(nodes).contains(path.substring(0, Math.max(1, path.lastIndexOf('/'))));
        }
        assertThat(nodes).doesNotContain(path);
        nodes.add(path);
    }

    private void domain() {
        int domid = u16();
        int count = u16();
        int features = body.getInt();
        inPlace(5, "DOMAIN " + domid + " features " + features + quotas(count));
    }
}
