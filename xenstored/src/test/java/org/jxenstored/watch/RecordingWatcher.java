package org.jxenstored.watch;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jxenstored.protocol.NodePath;
import org.jxenstored.store.Node;

/** A watcher that writes down what it is told, as {@code path} and {@code token}. */
public final class RecordingWatcher implements Watcher {
    /** One event. */
    public record Event(long watcher, String path, String token) {
        @Override
        public String toString() {
            return watcher + ":" + path + " " + token;
        }
    }

    private final int order;
    private final Predicate<Node> mayRead;
    private final List<Event> events;
    private int asked;

    /** @param events where to write; several watchers may share it */
    public RecordingWatcher(int order, Predicate<Node> mayRead, List<Event> events) {
        this.order = order;
        this.mayRead = mayRead;
        this.events = events;
    }

    /** A watcher that may read everything and has a list of its own. */
    public static RecordingWatcher ofAll() {
        return new RecordingWatcher(1, _ -> true, new ArrayList<>());
    }

    /** Sets a watch without depth whose token is its path. */
    public RecordingWatcher on(Watches watches, String... paths) {
        for (String path : paths) {
            watches.add(watch(path, path, Watch.ANY_DEPTH, asked++));
        }
        asked = 0;
        return this;
    }

    Watch watch(String path, String token, int depth, long number) {
        return new Watch(this, number, NodePath.parse(path, "/").orElseThrow(), token, depth, false);
    }

    /** The tokens of all events so far, in order. */
    public List<String> tokens() {
        return events.stream().map(Event::token).toList();
    }

    /** The paths of all events so far, in order. */
    public List<String> paths() {
        return events.stream().map(Event::path).toList();
    }

    List<Event> events() {
        return events;
    }

    /** How many nodes it was asked about. */
    int timesAsked() {
        return asked;
    }

    @Override
    public long order() {
        return order;
    }

    @Override
    public boolean mayRead(Node node) {
        asked++;
        return mayRead.test(node);
    }

    @Override
    public void tell(Watch watch, String eventPath) {
        events.add(new Event(order, eventPath, watch.token()));
    }
}
