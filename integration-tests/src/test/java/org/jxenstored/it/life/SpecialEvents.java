package org.jxenstored.it.life;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jxenstored.protocol.Arguments;
import org.jxenstored.protocol.Message;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.server.XenstoreServer;
import org.jxenstored.sim.host.SimHost;

/**
 * A privileged client that watches {@code @introduceDomain} and {@code @releaseDomain}, plain and with domid, and
 * remembers every single event, as it comes from the daemon and unmerged.
 */
final class SpecialEvents {
    static final String INTRODUCE = "@introduceDomain";
    static final String RELEASE = "@releaseDomain";

    /**
     * An event.
     *
     * @param millis when it came
     * @param step how many steps the host's timeline had then
     * @param path a special name alone or with {@code /domid}
     */
    record Event(long millis, int step, String path) {}

    private final SimHost host;
    private final Consumer<Event> listener;
    private final List<Event> events = new ArrayList<>();
    private int told;

    SpecialEvents(SimHost host) {
        this(host, _ -> {});
    }

    /** @param listener also hears each event, at the moment when it comes */
    SpecialEvents(SimHost host, Consumer<Event> listener) {
        this.host = host;
        this.listener = listener;
    }

    /**
     * Connects to a daemon; on its event loop. What was heard from an earlier one stays.
     *
     * @return the connection the events come from, for requests
     */
    PrivilegedSocket watch(XenstoreServer server) {
        Set<String> registered = new HashSet<>();
        PrivilegedSocket socket = new PrivilegedSocket(server, message -> take(message, registered));
        for (String name : List.of(INTRODUCE, RELEASE)) {
            watch(socket, name, name + " plain");
            watch(socket, name, name + " each", "1");
        }
        return socket;
    }

    private static void watch(PrivilegedSocket socket, String... arguments) {
        Message reply = socket.ask(MessageType.WATCH, arguments);
        if (reply.isOfType(MessageType.ERROR)) {
            throw new AssertionError(
                    "the daemon refuses a watch: " + reply.payload().text());
        }
    }

    private void take(Message message, Set<String> registered) {
        List<String> arguments = Arguments.all(message.payload());
        // The first event of a watch says only that it is there.
        if (!registered.add(arguments.get(1))) {
            Event event = new Event(host.time().millis(), host.timeline().size(), arguments.get(0));
            events.add(event);
            listener.accept(event);
        }
    }

    /** All events. */
    List<Event> all() {
        return List.copyOf(events);
    }

    /** The paths of those events that this method has not given yet. */
    List<String> news() {
        List<String> paths =
                events.subList(told, events.size()).stream().map(Event::path).toList();
        told = events.size();
        return paths;
    }
}
