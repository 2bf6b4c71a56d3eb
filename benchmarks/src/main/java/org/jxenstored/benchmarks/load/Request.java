package org.jxenstored.benchmarks.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.function.Predicate;
import org.jxenstored.protocol.Message;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.protocol.Value;

/** A request that can be sent many times, and what its reply must be. */
public final class Request {
    private static final byte[] OK = {'O', 'K', 0};

    private final byte[] frame;
    private final MessageType type;
    private final Predicate<Reply> expected;

    private Request(MessageType type, byte[] payload, Predicate<Reply> expected) {
        this.frame = Message.of(type, 0, 0, Value.owning(payload)).toByteArray();
        this.type = type;
        this.expected = expected;
    }

    /** A request whose reply is of its type and has exactly this payload. */
    private static Request answeredBy(MessageType type, byte[] payload, byte[] reply) {
        return new Request(type, payload, got -> got.isOf(type) && got.hasPayload(reply));
    }

    /** A request that is answered with OK. */
    private static Request ok(MessageType type, String... arguments) {
        return answeredBy(type, strings(arguments), OK);
    }

    /** A request whose reply is of its type, with any payload; the caller looks at it. */
    public static Request any(MessageType type, String... arguments) {
        return new Request(type, strings(arguments), got -> got.isOf(type));
    }

    private static byte[] strings(String... arguments) {
        StringBuilder joined = new StringBuilder();
        for (String argument : arguments) {
            joined.append(argument).append('\0');
        }
        return joined.toString().getBytes(ISO_8859_1);
    }

    public static Request read(String path, String value) {
        return answeredBy(MessageType.READ, strings(path), value.getBytes(ISO_8859_1));
    }

    public static Request write(String path, String value) {
        return answeredBy(MessageType.WRITE, (path + '\0' + value).getBytes(ISO_8859_1), OK);
    }

    public static Request mkdir(String path) {
        return ok(MessageType.MKDIR, path);
    }

    public static Request remove(String path) {
        return ok(MessageType.RM, path);
    }

    /** A short listing, in the order in which this daemon gives it. */
    public static Request directory(String path, byte[] listing) {
        return answeredBy(MessageType.DIRECTORY, strings(path), listing);
    }

    /** A piece of a long listing. */
    public static Request directoryPart(String path, int offset) {
        return any(MessageType.DIRECTORY_PART, path, Integer.toString(offset));
    }

    public static Request setPermissions(String path, String... permissions) {
        String[] arguments = new String[permissions.length + 1];
        arguments[0] = path;
        System.arraycopy(permissions, 0, arguments, 1, permissions.length);
        return ok(MessageType.SET_PERMS, arguments);
    }

    public static Request watch(String path, String token) {
        return ok(MessageType.WATCH, path, token);
    }

    public static Request unwatch(String path, String token) {
        return ok(MessageType.UNWATCH, path, token);
    }

    /** Its reply is the transaction's number. */
    public static Request begin() {
        return any(MessageType.TRANSACTION_START, "");
    }

    /** Answered with OK, or with EAGAIN. */
    public static Request commit() {
        return new Request(
                MessageType.TRANSACTION_END,
                strings("T"),
                got -> (got.isOf(MessageType.TRANSACTION_END) && got.hasPayload(OK)) || got.isError("EAGAIN"));
    }

    public static Request introduce(int domid, long gfn, int port) {
        return ok(MessageType.INTRODUCE, Integer.toString(domid), Long.toString(gfn), Integer.toString(port));
    }

    boolean accepts(Reply reply) {
        return expected.test(reply);
    }

    /** Bytes on the wire. */
    int size() {
        return frame.length;
    }

    /** Puts the frame, with these ids, at the buffer's position. The buffer has the host's byte order. */
    void putTo(ByteBuffer out, int requestId, int transactionId) {
        int start = out.position();
        out.put(frame);
        out.putInt(start + 4, requestId);
        out.putInt(start + 8, transactionId);
    }

    @Override
    public String toString() {
        int shown = Math.min(frame.length - 16, 60);
        return type + " " + new String(frame, 16, shown, ISO_8859_1).replace('\0', '|');
    }
}
