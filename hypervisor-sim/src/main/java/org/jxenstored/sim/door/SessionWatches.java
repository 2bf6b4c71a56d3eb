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
    private final Map<Key, Kept> byKey = new HashMap<>();

    /** What a program calls a watch. */
    private record Key(String path, String token) {}

    /** A watch on the ring, and its depth if it has one. */
    private record Kept(Watch watch, OptionalInt depth) {}

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
            byKey.put(key, register(key, OptionalInt.empty()));
            return request.reply(OK);
        }
        OptionalInt depth = Numbers.decimalInt(arguments.get(2), Integer.MAX_VALUE);
        if (depth.isEmpty()) {
            return request.error(Errno.EINVAL);
        }
        byKey.put(key, register(key, depth));
        return request.reply(OK);
    }

    private Kept register(Key key, OptionalInt depth) {
        Watch watch = depth.isPresent() ? queue.watch(key.path(), depth.getAsInt()) : queue.watch(key.path());
        return new Kept(watch, depth);
    }

    /** Registers them all anew; each has an event at once, as a new one has. */
    void renew() {
        byKey.replaceAll((key, old) -> {
            old.watch().close();
            return register(key, old.depth());
        });
    }

    /** Answers UNWATCH. */
    Message unwatch(Message request) {
        List<String> arguments = Arguments.all(request.payload());
        if (arguments.size() != 2) {
            return request.error(Errno.EINVAL);
        }
        Kept kept = byKey.remove(new Key(arguments.get(0), arguments.get(1)));
        if (kept == null) {
            return request.error(Errno.ENOENT);
        }
        kept.watch().close();
        return request.reply(OK);
    }

    /** Answers RESET_WATCHES: ends this program's watches only, the kernel has its own. */
    Message reset(Message request) {
        byKey.values().forEach(kept -> kept.watch().close());
        byKey.clear();
        return request.reply(OK);
    }

    /** The event as the program gets it; empty for a watch that has just ended. */
    Optional<Message> event(Watch watch, String path) {
        return byKey.entrySet().stream()
                .filter(entry -> entry.getValue().watch().equals(watch))
                .map(entry -> Message.event(Arguments.join(path, entry.getKey().token())))
                .findFirst();
    }

    void close() {
        queue.close();
    }
}
