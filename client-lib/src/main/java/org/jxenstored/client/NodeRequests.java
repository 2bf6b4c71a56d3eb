package org.jxenstored.client;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jxenstored.protocol.Arguments;
import org.jxenstored.protocol.Errno;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.protocol.Permission;
import org.jxenstored.protocol.Value;

/**
 * The requests about nodes, each in two halves: sending it, and making sense of its reply.
 *
 * @param transactionId 0 for none
 */
record NodeRequests(Courier courier, int transactionId) {

    Sent send(MessageType type, String subject, Value payload) {
        return new Sent(courier.send(type, transactionId, payload), type, subject);
    }

    /** Sends a request whose only argument is a path. */
    Sent send(MessageType type, String path) {
        return send(type, path, Payloads.path(path));
    }

    /** Queues a request whose only argument is a path; {@link #flush} sends it. */
    Sent enqueue(MessageType type, String path) {
        return new Sent(courier.enqueue(type, transactionId, Payloads.path(path)), type, path);
    }

    void flush() {
        courier.flush();
    }

    Sent sendWrite(String path, Value value) {
        return send(MessageType.WRITE, path, Payloads.write(path, value));
    }

    Sent sendPermissions(String path, List<Permission> permissions) {
        return send(MessageType.SET_PERMS, path, Payloads.permissions(path, permissions));
    }

    static Optional<Value> valueIfPresent(Sent sent) {
        return switch (sent.await()) {
            case Reply.Success(Value value) -> Optional.of(value);
            case Reply.Failure(Errno errno) when errno == Errno.ENOENT -> Optional.empty();
            case Reply bad -> throw sent.exception(bad);
        };
    }

    static String utf8(Sent sent) {
        return new String(sent.payload().toByteArray(), StandardCharsets.UTF_8);
    }

    /** The reply to GET_PERMS of any node or special name, as existence. */
    static boolean existence(Sent sent) {
        return switch (sent.await()) {
            case Reply.Success _ -> true;
            // It is there, with a list that fits no reply.
            case Reply.Failure(Errno errno) when errno == Errno.E2BIG -> true;
            case Reply.Failure(Errno errno) when errno == Errno.ENOENT -> false;
            case Reply bad -> throw sent.exception(bad);
        };
    }

    static List<Permission> permissions(Sent sent) {
        List<Permission> permissions = new ArrayList<>(4);
        for (String text : Arguments.all(sent.payload())) {
            Optional<Permission> permission = Permission.parse(text);
            if (permission.isEmpty()) {
                throw sent.malformed("\"" + text + "\" is no permission");
            }
            permissions.add(permission.get());
        }
        return List.copyOf(permissions);
    }

    /** The reply to DIRECTORY; asks for the parts if the list is too long for one. */
    List<String> directory(Sent sent) {
        return switch (sent.await()) {
            case Reply.Success(Value names) -> Arguments.all(names);
            case Reply.Failure(Errno errno) when errno == Errno.E2BIG -> new LongDirectory(this, sent).read();
            case Reply bad -> throw sent.exception(bad);
        };
    }
}
