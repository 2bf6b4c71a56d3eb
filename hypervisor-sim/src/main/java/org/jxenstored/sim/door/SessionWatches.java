package org.jxenstored.sim.door;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jxenstored.client.Watch;
import org.jxenstored.client.WatchQueue;
import org.jxenstored.client.XenstoreClient;
import org.jxenstored.protocol.Arguments;
import org.jxenstored.protocol.Errno;
import org.jxenstored.protocol.Message;
import org.jxenstored.protocol.Numbers;
import org.jxenstored.protocol.Value;

/**
 * The watches of one program. All programs of a domain share its ring, so on the ring each watch has a token of the
 * kernel's choice; the program sees its own.
 *
 * <p>Not for several threads at once.
 */
final class SessionWatches {
    private static final Value OK = Value.of("OK\0");

    private final WatchQueue queue;
    private final Map<Key, Watch> byKey = new HashMap<>();

    /** What a program calls a watch. */
    private record Key(String path, String token) {}

    SessionWatches(XenstoreClient kernel) {
        queue = kernel.watchQueue();
    }

    WatchQueue queue() {
        return queue;
    }

    /** Answers WATCH (P-WATCH-1 to P-WATCH-11). */
    Message watch(Message request) {
        List<String> arguments = Arguments.all(request.payload());
        if (arguments.size() < 2 || arguments.size() > 3) {
            return request.error(Errno.EINVAL);
        }
        Key key = new Key(arguments.get(0), arguments.get(1));
        if (byKey.containsKey(key)) {
            return request.error(Errno.EEXIST);
        }
        if (arguments.size() == 2) {
            byKey.put(key, queue.watch(key.path()));
            return request.reply(OK);
        }
        OptionalInt depth = Numbers.decimalInt(arguments.get(2), Integer.MAX_VALUE);
        if (depth.isEmpty()) {
            return request.error(Errno.EINVAL);
        }
        byKey.put(key, queue.watch(key.path(), depth.getAsInt()));
        return request.reply(OK);
    }

    /** Answers UNWATCH. */
    Message unwatch(Message request) {
        List<String> arguments = Arguments.all(request.payload());
        if (arguments.size() != 2) {
            return request.error(Errno.EINVAL);
        }
        Watch watch = byKey.remove(new Key(arguments.get(0), arguments.get(1)));
        if (watch == null) {
            return request.error(Errno.ENOENT);
        }
        watch.close();
        return request.reply(OK);
    }

    /** Answers RESET_WATCHES: ends this program's watches only, the kernel has its own. */
    Message reset(Message request) {
        byKey.values().forEach(Watch::close);
        byKey.clear();
        return request.reply(OK);
    }

    /** The event as the program gets it; empty for a watch that has just ended. */
    Optional<Message> event(Watch watch, String path) {
        return byKey.entrySet().stream()
                .filter(entry -> entry.getValue().equals(watch))
                .map(entry -> Message.event(Arguments.join(path, entry.getKey().token())))
                .findFirst();
    }

    void close() {
        queue.close();
    }
}
