package org.jxenstored.benchmarks.soak;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Random;
import org.jxenstored.benchmarks.load.Request;
import org.jxenstored.benchmarks.load.Wire;
import org.jxenstored.benchmarks.machine.RingGuest;
import org.jxenstored.protocol.MessageType;

/**
 * Guests on rings: always as many, but in each step one comes and the oldest goes, with watches, an open transaction and
 * nodes of its own.
 */
final class GuestTraffic implements Traffic {
    private static final int LIVING = 8;

    /** So many domids come in turn. */
    private static final int DOMIDS = 200;

    private final Path machine;
    private final Random random;
    private final Wire toolstack;
    private final ArrayDeque<Guest> living = new ArrayDeque<>();
    private int created;

    private record Guest(int domid, Wire ring) {}

    /** @param machine where the domains of the pretended machine are */
    GuestTraffic(Path socket, Path machine, long seed) throws IOException {
        this.machine = machine;
        this.random = new Random(seed);
        this.toolstack = Wire.connect(socket);
        while (living.size() < LIVING) {
            create();
        }
    }

    private static String home(int domid) {
        return "/local/domain/" + domid;
    }

    private void create() throws IOException {
        int domid = 1 + created++ % DOMIDS;
        RingGuest ring = RingGuest.connect(
                machine, domid, (guest, gfn, port) -> toolstack.call(Request.introduce(guest, gfn, port)));
        living.addLast(new Guest(domid, Wire.over(ring)));
        toolstack.call(Request.write(home(domid), ""));
        toolstack.call(Request.setPermissions(home(domid), "n" + domid));
    }

    private void use(Guest guest) throws IOException {
        String value = "v".repeat(random.nextInt(1500));
        guest.ring.call(Request.watch("data", "token"));
        for (int i = 0; i < 10; i++) {
            guest.ring.call(Request.write("data/node" + i, value));
        }
        guest.ring.call(Request.read("data/node0", value));
        guest.ring.call(Request.any(MessageType.TRANSACTION_START, ""));
    }

    @Override
    public void step() throws IOException {
        create();
        use(living.getLast());
        Guest oldest = living.removeFirst();
        oldest.ring.close();
        toolstack.call(Request.any(MessageType.RM, home(oldest.domid)));
    }

    @Override
    public void close() throws IOException {
        for (Guest guest : living) {
            guest.ring.close();
        }
        toolstack.close();
    }

    @Override
    public String toString() {
        return "the guests";
    }
}
