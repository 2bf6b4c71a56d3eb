package org.jxenstored.listener;

import io.netty.channel.Channel;
import java.util.HashMap;
import java.util.Map;

/**
 * Bounds how many connections one client has at a time: a user of this machine, a certificate, or, as long as nothing else is
 * known of it, another machine's address. Root and the daemon's own user are not bounded: they are trusted with all.
 *
 * <p>All calls come from the event loop thread.
 */
public final class ConnectionLimit {
    /** What one client may have if nobody says otherwise. */
    public static final int DEFAULT = 1024;

    /** The name of a client that is not bounded. */
    static final String TRUSTED = "";

    private final int most;
    private final Map<String, Integer> open = new HashMap<>();

    /** @param most connections of one client; 0 for no bound */
    public ConnectionLimit(int most) {
        this.most = most;
    }

    /** Counts a connection until it is closed; false if its client has as many as it may. */
    boolean enter(String who, Channel connection) {
        if (most == 0 || who.equals(TRUSTED)) {
            return true;
        }
        if (open.getOrDefault(who, 0) >= most) {
            return false;
        }
        open.merge(who, 1, Integer::sum);
        connection.closeFuture().addListener(_ -> leave(who));
        return true;
    }

    private void leave(String who) {
        open.computeIfPresent(who, (_, count) -> count == 1 ? null : count - 1);
    }

    /** For people: why somebody is refused. */
    String refusal(String who) {
        return who + " has " + most + " connections, as many as one client may (--connections)";
    }
}
