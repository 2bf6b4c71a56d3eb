package org.jxenstored.benchmarks.hostile;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jxenstored.benchmarks.load.Request;
import org.jxenstored.benchmarks.load.Wire;
import org.jxenstored.benchmarks.machine.RingGuest;
import org.jxenstored.protocol.MessageType;

/**
 * The hostile guests, in a process of their own that gets what others leave of its processor.
 *
 * <p>Arguments: the daemon's socket, the machine's directory, the first domid, how many guests, the seed. It prints {@code
 * ready} when all are introduced, begins when it is sent a line, and ends when its input does, with its {@link Tally}.
 */
final class Attackers {
    private static final int THREADS = 4;
    private static final long REST_NANOS = 1_000_000;

    private final Path socket;
    private final Path machine;
    private final long seed;
    private final Tally tally = new Tally();
    private final AtomicInteger nextDomid;
    private volatile boolean ends;

    private Attackers(Path socket, Path machine, int firstDomid, long seed) {
        this.socket = socket;
        this.machine = machine;
        this.seed = seed;
        this.nextDomid = new AtomicInteger(firstDomid);
    }

    /** A toolstack for guests like these. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Attackers all = new Attackers(
                Path.of(arguments[0]),
                Path.of(arguments[1]),
                Integer.parseInt(arguments[2]),
                Long.parseLong(arguments[4]));
        all.run(Integer.parseInt(arguments[3]));
    }

    private void run(int count) throws IOException, InterruptedException {
        List<List<Attacker>> shares = new ArrayList<>();
        List<Wire> toolstacks = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            shares.add(new ArrayList<>());
            toolstacks.add(Wire.connect(socket));
        }
        for (int i = 0; i < count; i++) {
            shares.get(i % THREADS).add(create(toolstacks.get(i % THREADS)));
        }
        System.out.println("ready");
        if (System.in.read() >= 0) {
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                List<Attacker> share = shares.get(i);
                Wire toolstack = toolstacks.get(i);
                threads.add(Thread.ofPlatform().name("attackers-" + i).start(() -> attack(share, toolstack)));
            }
            while (System.in.read() >= 0) {}
            ends = true;
            for (Thread thread : threads) {
                thread.join();
            }
        }
        System.out.println(tally);
        for (List<Attacker> share : shares) {
            for (Attacker each : share) {
                each.end();
            }
        }
        for (Wire toolstack : toolstacks) {
            toolstack.close();
        }
    }

    private Attacker create(Wire toolstack) throws IOException {
        int domid = nextDomid.getAndIncrement();
        RingGuest ring =
                RingGuest.connect(machine, domid, (id, gfn, port) -> toolstack.call(Request.introduce(id, gfn, port)));
        String home = "/local/domain/" + domid;
        toolstack.call(Request.write(home, ""));
        toolstack.call(Request.setPermissions(home, "n" + domid));
        return new Attacker(ring, seed + domid, tally);
    }

    private void attack(List<Attacker> share, Wire toolstack) {
        try {
            while (!ends) {
                boolean moved = false;
                for (int i = 0; i < share.size(); i++) {
                    Attacker attacker = share.get(i);
                    moved |= attacker.turn();
                    if (attacker.isDoomed()) {
                        attacker.end();
                        toolstack.call(Request.any(MessageType.RM, "/local/domain/" + attacker.domid()));
                        share.set(i, create(toolstack));
                    }
                }
                if (!moved) {
                    LockSupport.parkNanos(REST_NANOS);
                }
            }
        } catch (IOException | RuntimeException e) {
            System.out.println("failed: " + e);
            e.printStackTrace();
        }
    }
}
