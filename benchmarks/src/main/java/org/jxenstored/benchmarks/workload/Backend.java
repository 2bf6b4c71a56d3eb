package org.jxenstored.benchmarks.workload;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jxenstored.benchmarks.load.Fleet;
import org.jxenstored.benchmarks.load.Receiver;
import org.jxenstored.benchmarks.load.Reply;
import org.jxenstored.benchmarks.load.Request;
import org.jxenstored.benchmarks.load.Wire;
import org.jxenstored.protocol.MessageType;

/**
 * The disk driver for all guests: it watches for new devices, says 2 (InitWait), watches each frontend's state, and
 * says 4 (Connected) when that is 3 (Initialised).
 */
final class Backend implements Receiver {
    private final Fleet fleet;
    private final Map<Request, Integer> reads = new HashMap<>();
    private final Set<Integer> known = new HashSet<>();
    private final Set<Integer> connected = new HashSet<>();

    Backend(Fleet fleet) {
        this.fleet = fleet;
    }

    void begin(Wire wire) throws IOException {
        wire.post(Request.watch(GuestPaths.BACKENDS, "backends"));
        fleet.flush(wire);
    }

    private static int domid(String path, String before) {
        int from = before.length() + 1;
        int end = path.indexOf('/', from);
        return Integer.parseInt(path.substring(from, end < 0 ? path.length() : end));
    }

    @Override
    public void event(Wire wire, long now, Reply event) throws IOException {
        List<String> pathAndToken = event.strings();
        String path = pathAndToken.getFirst();
        if (pathAndToken.getLast().equals("front")) {
            int domid = domid(path, "/local/domain");
            Request read = Request.any(MessageType.READ, path);
            reads.put(read, domid);
            wire.post(read);
        } else if (path.startsWith(GuestPaths.BACKENDS + "/") && path.endsWith("/frontend")) {
            int domid = domid(path, GuestPaths.BACKENDS);
            if (known.add(domid)) {
                wire.post(Request.write(GuestPaths.back(domid) + "/state", "2"));
                wire.post(Request.watch(GuestPaths.front(domid) + "/state", "front"));
            }
        }
        fleet.flush(wire);
    }

    @Override
    public void replied(Wire wire, Request request, long due, long now, Reply reply) throws IOException {
        Integer domid = reads.remove(request);
        if (domid != null && reply.text().equals("3") && connected.add(domid)) {
            wire.post(Request.write(GuestPaths.back(domid) + "/state", "4"));
            fleet.flush(wire);
        }
    }
}
