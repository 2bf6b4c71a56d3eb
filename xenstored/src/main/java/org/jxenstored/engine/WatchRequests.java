package org.jxenstored.engine;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.jxenstored.domain.Domain;
import org.jxenstored.domain.QuotaName;
import org.jxenstored.protocol.Errno;
import org.jxenstored.protocol.Feature;
import org.jxenstored.protocol.Limits;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.protocol.NodePath;
import org.jxenstored.protocol.Numbers;
import org.jxenstored.protocol.Value;
import org.jxenstored.watch.Watch;

/** WATCH, UNWATCH and RESET_WATCHES (protocol.md 6.2). */
final class WatchRequests {
    private final Connections connections;

    WatchRequests(Connections connections) {
        this.connections = connections;
    }

    Map<MessageType, Operation> operations() {
        Map<MessageType, Operation> operations = new EnumMap<>(MessageType.class);
        operations.put(MessageType.WATCH, this::watch);
        operations.put(MessageType.UNWATCH, this::unwatch);
        operations.put(MessageType.RESET_WATCHES, this::reset);
        return operations;
    }

    private Reply watch(Call call) {
        Connection caller = call.caller();
        List<String> arguments = call.arguments();
        int most = Feature.WATCH_DEPTH.in(caller.features()) ? 3 : 2;
        if (arguments.size() < 2 || arguments.size() > most) {
            return Reply.failed(Errno.EINVAL);
        }
        OptionalInt depth = arguments.size() == 3
                ? Numbers.decimalInt(arguments.get(2), Integer.MAX_VALUE)
                : OptionalInt.of(Watch.ANY_DEPTH);
        String given = arguments.getFirst();
        NodePath path = firstPath(call);
        if (depth.isEmpty() || path == null) {
            return Reply.failed(Errno.EINVAL);
        }
        String token = arguments.get(1);
        if (caller.watch(path, token) != null) {
            return Reply.failed(Errno.EEXIST);
        }
        Watch watch = new Watch(
                caller,
                connections.nextWatchOrder(),
                path,
                token,
                Math.min(depth.getAsInt(), Limits.WATCH_DEPTH_MAX),
                NodePath.isRelative(given));
        Optional<Errno> refusal = refusal(caller, watch);
        if (refusal.isPresent()) {
            return Reply.failed(refusal.get());
        }
        connections.add(caller, watch);
        return new Reply.Watching(watch, given);
    }

    /** The path that is the first string of the payload, of which there is one. */
    private static @Nullable NodePath firstPath(Call call) {
        Value payload = call.request().payload();
        return call.caller().path(payload, 0, payload.indexOfNul(0));
    }

    private static Optional<Errno> refusal(Connection caller, Watch watch) {
        Domain domain = caller.domain();
        if (!caller.isLimited()) {
            return Optional.empty();
        }
        if (domain.quotas()
                .isReached(QuotaName.WATCHES, domain.gauge(QuotaName.WATCHES).value())) {
            return Optional.of(Errno.ENOSPC);
        }
        long memory = domain.gauge(QuotaName.MEMORY).value() + watch.size();
        return domain.quotas().isOver(QuotaName.MEMORY, memory) ? Optional.of(Errno.ENOMEM) : Optional.empty();
    }

    private Reply unwatch(Call call) {
        List<String> arguments = call.arguments();
        if (arguments.size() != 2) {
            return Reply.failed(Errno.EINVAL);
        }
        NodePath path = firstPath(call);
        if (path == null) {
            return Reply.failed(Errno.EINVAL);
        }
        @Nullable Watch watch = call.caller().watch(path, arguments.getLast());
        if (watch == null) {
            return Reply.failed(Errno.ENOENT);
        }
        connections.remove(call.caller(), watch);
        return Reply.OK;
    }

    /** Queued events stay (P-RESET-1). */
    private Reply reset(Call call) {
        connections.resetWatches(call.caller());
        connections.abortTransactions(call.caller());
        return Reply.OK;
    }
}
