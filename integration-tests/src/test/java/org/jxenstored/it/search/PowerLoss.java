package org.jxenstored.it.search;

import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.jxenstored.engine.Connection;
import org.jxenstored.it.life.VirtualTime;
import org.jxenstored.protocol.Message;
import org.jxenstored.protocol.NodePath;
import org.jxenstored.sim.host.SimHost;
import org.jxenstored.store.Node;

/**
 * The lives of a machine whose daemons wait for the disk and whose power is lost again and again: what was answered must be
 * there the next time.
 *
 * <p>Now and then a daemon is only killed, and some of those did not wait for the disk: what they left counts as soon as
 * one that does has begun.
 */
final class PowerLoss implements Daemon.Observer {
    private static final int LIVES = 6;
    private static final int CHANGES = 40;

    /** Of what happens to the disk in a life; some lives end while the daemon starts. */
    private static final int EVENTS = 60;

    private static final NodePath TOP = NodePath.parse(StoreWriter.TOP, "").orElseThrow();

    private final RandomGenerator chance;
    private final VirtualTime time;
    private final long seed;
    private final MemoryDisk disk = new MemoryDisk();
    private final StoreWriter writer;
    private int countdown;
    private MemoryDisk.@Nullable Image left;
    private int losses;

    PowerLoss(long seed) {
        this.seed = seed;
        this.chance = new SplittableRandom(seed);
        this.time = new VirtualTime(seed);
        this.writer = new StoreWriter(chance, () -> left == null);
        disk.beforeChange(this::mayLosePower);
    }

    /** Plays all; returns how often the power was lost. */
    int play() throws Exception {
        SimHost host = new SimHost(seed, time);
        boolean stable = true;
        for (int life = 0; life < LIVES; life++) {
            boolean syncs = !stable || chance.nextInt(4) > 0;
            boolean loses = syncs && chance.nextInt(4) > 0;
            countdown = loses && stable ? 1 + chance.nextInt(EVENTS) : 0;
            Daemon daemon = new Daemon(host, time, disk.root(), syncs, this);
            takeUp(daemon);
            if (loses && !stable) {
                countdown = 1 + chance.nextInt(EVENTS);
            }
            for (int i = 0; i < CHANGES && left == null; i++) {
                writer.change();
                time.pass(Duration.ofMillis(chance.nextInt(100)));
            }
            if (loses) {
                lose();
            }
            daemon.kill();
            stable = syncs;
            MemoryDisk.Image there = left;
            if (there != null) {
                losses++;
                disk.putBack(there);
                left = null;
                host.close();
                host = new SimHost(seed + life + 1, time);
            }
        }
        host.close();
        disk.close();
        return losses;
    }

    /** If the power is lost before it has begun, nothing is known of what it took up. */
    private void takeUp(Daemon daemon) {
        if (left != null) {
            return;
        }
        SortedMap<String, String> found = new TreeMap<>();
        @Nullable Node top = daemon.server().engine().store().tree().find(TOP);
        if (top != null) {
            add(StoreWriter.TOP, top, found);
        }
        if (!writer.possible().contains(found)) {
            throw new AssertionError("what was answered last is not there");
        }
        writer.connect(daemon.server(), found);
    }

    private static void add(String path, Node node, SortedMap<String, String> found) {
        StringBuilder text = new StringBuilder();
        node.permissions()
                .forEach(grant -> text.append(grant.permission().access().letter())
                        .append(grant.permission().domid()));
        found.put(path, text + node.value().text());
        for (Map.Entry<String, Node> child : node.children()) {
            add(path + "/" + child.getKey(), child.getValue(), found);
        }
    }

    private void mayLosePower() {
        if (countdown > 0) {
            countdown--;
            if (countdown == 0) {
                lose();
            }
        }
    }

    /** What a daemon does from now on was never done. */
    private void lose() {
        if (left == null) {
            left = disk.afterLossOfPower(chance);
        }
        countdown = 0;
    }

    @Override
    public void receives(Connection by, Message request) {}

    @Override
    public void sends() {}

    @Override
    public void breaks(String what) {
        throw new AssertionError("a defect: " + what);
    }

    @Override
    public boolean happens() {
        return true;
    }

    @Override
    public void looksForNews() {}

    @Override
    public void letsGo(int domid) {}
}
