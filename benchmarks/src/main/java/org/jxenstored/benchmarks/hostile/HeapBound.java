package org.jxenstored.benchmarks.hostile;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How much of the heap the daemon's quotas let guests use, worked out from the quotas alone.
 *
 * <p>A guest's memory quota is one purse for all: nodes, watches, what waits to be sent, what its transactions keep. Each is
 * counted in bytes of the store and takes more of the heap than it counts. Where the number of things has a quota of its own
 * (watches, nodes, nodes touched in transactions) what they take beside their text is the number times the size. What is
 * left of the purse buys the kind that has no such quota and costs most for what it counts: events that wait. Text
 * takes no more than it counts, so it is paid by the purse too. To that come the things that no purse pays: connections, and
 * what all have together.
 *
 * <p>The sizes are those of objects with compact headers and references of four bytes, rounded up.
 */
final class HeapBound {
    /**
     * An event that waits: its bytes, its place in the table that finds doubles while that table grows, and what says on
     * whose request it counts, if it shares that with no other.
     */
    private static final long EVENT = 128;

    /** What an event counts for at least: a header, a path of three letters, an empty token, two NULs. */
    private static final long EVENT_COUNTED = 21;

    /** One level of a path that is watched, shared with no other watch. */
    private static final long WATCH_LEVEL = 96;

    /** A watch beside its levels and texts. */
    private static final long WATCH = 512;

    /** A node beside its text: object, value, permissions, its place in its parent and in the table of names. */
    private static final long NODE = 400;

    /** A node that a transaction touched: its path, its place in the log and in the sorted one. */
    private static final long TOUCHED = 320;

    /** A connection with its ring, buffers and gauges, and the first and last chunk of what waits, partly filled. */
    private static final long CONNECTION = 48 << 10;

    /** Events that are put off for one guest, and one of them with its path, if it is the only one who is told. */
    private static final long PUT_OFF = 512;

    private static final long PUT_OFF_EACH = 64 + 2048;

    /** Partial input of a message, and bytes that wait beside it. */
    private static final long INPUT = 8 << 10;

    /** A transaction with nothing in it. */
    private static final long TRANSACTION = 1 << 10;

    /** What each of a daemon's fixed tables takes at most; docs/security.md, "For all guests together". */
    private static final long TABLES = 16 << 20;

    /** What guests' transactions may keep of old trees, all together ({@code OldTrees.BYTES_MAX}). */
    private static final long OLD_TREES = 64 << 20;

    /** One row of the sum. */
    record Part(String name, String reckoning, long bytes) {}

    private final Map<String, Long> quotas;
    private final int guests;
    private final long quiet;

    /**
     * @param quotas by name; 0 would be no bound at all
     * @param guests hostile ones
     * @param quiet bytes that the daemon used before they came
     */
    HeapBound(Map<String, Long> quotas, int guests, long quiet) {
        this.quotas = Map.copyOf(quotas);
        this.guests = guests;
        this.quiet = quiet;
    }

    /** The sum, part by part. */
    List<Part> parts() {
        List<Part> parts = new ArrayList<>();
        parts.add(new Part("the daemon before the storm", "measured", quiet));
        long path = quota("path-max");
        long watches = Math.min(quota("watches"), quota("memory") / path);
        // Text is there twice: as the path that was asked for, and as the levels' names.
        parts.add(guests("watches on the deepest paths", watches, WATCH + path / 2 * WATCH_LEVEL + 2 * path));
        long left = quota("memory") - watches * path;
        parts.add(guests("small events that wait, from the rest of the purse", left / EVENT_COUNTED, EVENT));
        parts.add(guests("nodes beside their text", quota("nodes"), NODE));
        long touched = quota("transactions") * quota("transaction-nodes");
        parts.add(guests("nodes touched in open transactions, beside their text", touched, TOUCHED + NODE));
        parts.add(guests("transactions themselves", quota("transactions"), TRANSACTION));
        parts.add(guests("replies of up to 16 bytes beside the purse", quota("outstanding"), EVENT));
        parts.add(guests("events put off, with their paths", PUT_OFF, PUT_OFF_EACH));
        parts.add(guests("connection and half a request", 1, CONNECTION + INPUT));
        parts.add(new Part("old trees held by transactions", "one bound for all guests", OLD_TREES));
        parts.add(new Part("tables of names, paths, lists, spare chunks", "one bound for all guests", TABLES));
        return parts;
    }

    long bytes() {
        return parts().stream().mapToLong(Part::bytes).sum();
    }

    /** What the guests' memory quotas are together, in counted bytes. */
    long purses() {
        return guests * quota("memory");
    }

    private Part guests(String name, long count, long each) {
        return new Part(name, guests + " guests x " + count + " x " + each + " bytes", guests * count * each);
    }

    private long quota(String name) {
        Long value = quotas.get(name);
        if (value == null || value == 0) {
            throw new IllegalStateException("the quota " + name + " is off: there is no bound");
        }
        return value;
    }
}
