package org.jxenstored.sim.remote;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Messages as bytes: a length and what is written behind it. */
public final class Messages {
    private static final int LENGTH = Integer.BYTES;
    private static final int MAX = 1 << 26;

    private Messages() {}

    /** What can be written. */
    @FunctionalInterface
    public interface Writer {
        void write(DataOutput out) throws IOException;
    }

    /** What can be read. */
    @FunctionalInterface
    public interface Reader<T> {
        T read(DataInput in) throws IOException;
    }

    /** A whole message, ready to be sent. */
    public static ByteBuffer of(Writer writer) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            DataOutputStream out = new DataOutputStream(bytes);
            out.writeInt(0);
            writer.write(out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        ByteBuffer message = ByteBuffer.wrap(bytes.toByteArray());
        return message.putInt(0, message.remaining() - LENGTH);
    }

    /** Takes the first message off what has come so far, if it is there as a whole. */
    public static <T> Optional<T> take(ByteBuffer come, Reader<T> reader) throws IOException {
        if (come.remaining() < LENGTH || come.remaining() - LENGTH < lengthOf(come)) {
            return Optional.empty();
        }
        byte[] body = new byte[come.getInt()];
        come.get(body);
        return Optional.of(reader.read(new DataInputStream(new ByteArrayInputStream(body))));
    }

    private static int lengthOf(ByteBuffer come) throws IOException {
        int length = come.getInt(come.position());
        if (length < 1 || length > MAX) {
            throw new IOException("a message of " + length + " bytes");
        }
        return length;
    }

    /** As large a buffer as the message takes whose beginning is here; what is here is copied. */
    public static ByteBuffer withRoom(ByteBuffer come) throws IOException {
        int wanted = come.remaining() < LENGTH ? LENGTH : LENGTH + lengthOf(come);
        if (wanted <= come.capacity()) {
            return come.compact();
        }
        return ByteBuffer.allocate(wanted).put(come);
    }

    static void writeText(DataOutput out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    static String readText(DataInput in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > MAX) {
            throw new IOException("a text of " + length + " bytes");
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
