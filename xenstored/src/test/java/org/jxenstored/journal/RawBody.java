package org.jxenstored.journal;

import java.nio.ByteBuffer;

/** A record's body that is bytes and nothing else. */
final class RawBody implements RecordBody {
    private final byte[] bytes;

    RawBody(byte[] bytes) {
        this.bytes = bytes;
    }

    static RawBody copyOf(RecordBody body) {
        RawBody copy = new RawBody(new byte[body.size()]);
        body.copyTo(copy.buffer());
        return copy;
    }

    byte[] bytes() {
        return bytes;
    }

    ByteBuffer buffer() {
        return ByteBuffer.wrap(bytes);
    }

    @Override
    public int size() {
        return bytes.length;
    }

    @Override
    public void copyTo(ByteBuffer to) {
        to.put(bytes);
    }
}
