package org.jxenstored.sim.toolstack;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jxenstored.protocol.Arguments;
import org.jxenstored.protocol.Errno;
import org.jxenstored.protocol.Message;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.protocol.NodePath;
import org.jxenstored.protocol.Value;

/**
 * A store without isolation, checks and quotas: just enough to see what the toolstack and the guests send.
 *
 * <p>Used under its own monitor.
 */
final class TinyStore {
    private record Node(Value value, String permissions) {}

    private record Watch(Consumer<Message> listener, String given, String path, String token) {}

    private final Map<String, Node> nodes = new TreeMap<>();
    private final List<Watch> watches = new ArrayList<>();
    private final BiConsumer<MessageType, List<String>> ofDomains;

    /**
     * @param ofDomains does what is asked about domains
     */
    TinyStore(BiConsumer<MessageType, List<String>> ofDomains) {
        this.ofDomains = ofDomains;
    }

    synchronized Optional<String> text(String path) {
        return Optional.ofNullable(nodes.get(path)).map(node -> node.value().text());
    }

    synchronized String permissions(String path) {
        Node node = nodes.get(path);
        return node == null ? "" : node.permissions();
    }

    synchronized List<String> paths() {
        return List.copyOf(nodes.keySet());
    }

    synchronized void handle(int domid, Message request, Consumer<Message> out) {
        MessageType type = MessageType.of(request.type()).orElseThrow();
        String given = Arguments.all(request.payload()).stream().findFirst().orElse("");
        String path = given.isEmpty() || NodePath.isRelative(given) ? NodePath.homeOf(domid) + "/" + given : given;
        switch (type) {
            case TRANSACTION_START -> out.accept(request.reply(Value.of("1\0")));
            case INTRODUCE, RELEASE, RESUME -> {
                ofDomains.accept(type, Arguments.all(request.payload()));
                ok(request, out);
            }
            case READ -> answer(request, path, out, node -> node.value());
            case GET_PERMS -> answer(request, path, out, node -> Value.of(node.permissions() + "\0"));
            case WRITE -> {
                Value payload = request.payload();
                makeParents(path);
                put(path, payload.slice(payload.indexOfNul(0) + 1, payload.size()));
                ok(request, out);
                fire(path);
            }
            case MKDIR -> {
                makeParents(path);
                nodes.computeIfAbsent(path, _ -> new Node(Value.EMPTY, ""));
                ok(request, out);
                fire(path);
            }
            case SET_PERMS -> {
                List<String> all = Arguments.all(request.payload());
                nodes.computeIfPresent(
                        path, (_, node) -> new Node(node.value(), String.join(" ", all.subList(1, all.size()))));
                ok(request, out);
            }
            case RM -> {
                nodes.keySet().removeIf(node -> node.equals(path) || node.startsWith(path + "/"));
                ok(request, out);
                fire(path);
                watches.stream()
                        .filter(watch -> watch.path().startsWith(path + "/"))
                        .forEach(watch -> tell(watch, watch.given()));
            }
            case WATCH -> {
                String token = Arguments.all(request.payload()).get(1);
                String watched = given.startsWith("@") ? given : path;
                watches.add(new Watch(out, given, watched, token));
                ok(request, out);
                out.accept(Message.event(Arguments.join(given, token)));
            }
            case DIRECTORY -> out.accept(request.reply(Value.of(children(path))));
            case UNWATCH -> {
                String token = Arguments.all(request.payload()).get(1);
                watches.removeIf(
                        watch -> watch.listener().equals(out) && watch.token().equals(token));
                ok(request, out);
            }
            case RESET_WATCHES -> {
                watches.removeIf(watch -> watch.listener().equals(out));
                ok(request, out);
            }
            case TRANSACTION_END, SET_TARGET, SET_QUOTA, SET_FEATURE -> ok(request, out);
            default -> throw new IllegalStateException("not expected here: " + request);
        }
    }

    private void put(String path, Value value) {
        Node old = nodes.get(path);
        nodes.put(path, new Node(value, old == null ? "" : old.permissions()));
    }

    private void answer(
            Message request, String path, Consumer<Message> out, java.util.function.Function<Node, Value> what) {
        Node node = nodes.get(path);
        out.accept(node == null ? request.error(Errno.ENOENT) : request.reply(what.apply(node)));
    }

    private static void ok(Message request, Consumer<Message> out) {
        out.accept(request.reply(Value.of("OK\0")));
    }

    /** Tells everybody who watches a special name, or a path at or above this one. */
    synchronized void fire(String path) {
        for (Watch watch : List.copyOf(watches)) {
            if (path.equals(watch.path()) || path.startsWith(watch.path() + "/")) {
                tell(watch, watch.given() + path.substring(watch.path().length()));
            }
        }
    }

    private static void tell(Watch watch, String path) {
        watch.listener().accept(Message.event(Arguments.join(path, watch.token())));
    }

    private void makeParents(String path) {
        for (int end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
            nodes.computeIfAbsent(path.substring(0, end), _ -> new Node(Value.EMPTY, ""));
        }
    }

    private String children(String path) {
        return nodes.keySet().stream()
                .filter(node -> node.startsWith(path + "/") && node.indexOf('/', path.length() + 1) < 0)
                .map(node -> node.substring(path.length() + 1) + "\0")
                .collect(Collectors.joining());
    }
}
