package org.jxenstored.it.search;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.jxenstored.hypervisor.HypervisorException;

/** All who use the store of one machine: kernels at their rings, one for each domain, and programs at sockets. */
final class Clients {
    private final TreeMap<Integer, RingClient> rings = new TreeMap<>();
    private final List<SocketClient> sockets = new ArrayList<>();

    void add(RingClient ring) {
        rings.put(ring.domain().domid(), ring);
    }

    void add(SocketClient socket) {
        sockets.add(socket);
    }

    /** The kernel of this domain. */
    @Nullable
    RingClient ring(int domid) {
        return rings.get(domid);
    }

    /** All kernels, by domid. */
    Map<Integer, RingClient> rings() {
        return rings;
    }

    List<SocketClient> sockets() {
        return sockets;
    }

    /** A guest is destroyed, with its kernel; returns false if there is no such guest. */
    boolean destroyGuest(int domid) throws HypervisorException {
        @Nullable RingClient ring = rings.get(domid);
        if (domid == 0 || ring == null) {
            return false;
        }
        rings.remove(domid);
        ring.domain().destroy();
        return true;
    }

    /** All kernels take what came and send what had no room; returns true if that was something. */
    boolean look() {
        boolean moves = false;
        for (RingClient ring : rings.values()) {
            moves |= ring.look();
        }
        return moves;
    }

    /** True if somebody has no answer yet. */
    boolean hasUnanswered() {
        return all().stream().anyMatch(client -> {
            @Nullable Session session = client.session();
            return session != null && session.hasUnanswered();
        });
    }

    /** Nothing goes on any more: all must have come. */
    void checkNothingIsMissing() {
        for (Client client : all()) {
            @Nullable Session session = client.session();
            if (session != null) {
                session.checkNothingIsMissing();
            }
        }
    }

    private List<Client> all() {
        List<Client> all = new ArrayList<>(rings.values());
        all.addAll(sockets);
        return all;
    }

    /** The ring pages as they are. */
    Map<RingClient, byte[]> pages() {
        Map<RingClient, byte[]> pages = new HashMap<>();
        rings.values().forEach(ring -> pages.put(ring, ring.page()));
        return pages;
    }
}
