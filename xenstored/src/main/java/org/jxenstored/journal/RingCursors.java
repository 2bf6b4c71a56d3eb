package org.jxenstored.journal;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How far the server is with each ring, where nothing has to be added to its records: a place for each domid, written anew each time.
 *
 * <p>Implementation note: a place has two halves, each with a number and three counts. The older one is overwritten,
 * its number last. So whenever the process ends, one is whole, and the larger number tells which is the latest.
 */
final class RingCursors implements AutoCloseable {
    private static final int HALF = 24;
    private static final int PLACE = 2 * HALF;
    private static final int PLACES = 1 << 15;

    private final MappedFile file;
    private final MemorySegment memory;

    /**
     * A cursor.
     *
     * @param number larger than those of records and cursors before it
     * @param requests as in {@link RingImage}
     * @param responses as in {@link RingImage}
     * @param inputBytes how many of the last bytes of the known input are still to be served
     */
    record Cursor(long number, int requests, int responses, int inputBytes) {}

    private RingCursors(MappedFile file) {
        this.file = file;
        this.memory = file.memory();
    }

    /** Those of an earlier daemon, or new ones. All room they need is taken now. */
    static RingCursors open(Path path) throws IOException {
        long size = (long) PLACE * PLACES;
        return new RingCursors(MappedFile.open(path, size));
    }

    /** The latest of this domid; empty if there never was one. */
    Optional<Cursor> get(int domid) {
        Cursor first = half((long) domid * PLACE);
        Cursor second = half((long) domid * PLACE + HALF);
        Cursor latest = first.number > second.number ? first : second;
        return latest.number == 0 ? Optional.empty() : Optional.of(latest);
    }

    private Cursor half(long at) {
        return new Cursor(
                memory.get(ValueLayout.JAVA_LONG, at),
                memory.get(ValueLayout.JAVA_INT, at + 8),
                memory.get(ValueLayout.JAVA_INT, at + 12),
                memory.get(ValueLayout.JAVA_INT, at + 16));
    }

    void set(int domid, long number, int requests, int responses, int inputBytes) {
        long place = (long) domid * PLACE;
        boolean firstIsOlder =
                memory.get(ValueLayout.JAVA_LONG, place) < memory.get(ValueLayout.JAVA_LONG, place + HALF);
        long at = firstIsOlder ? place : place + HALF;
        memory.set(ValueLayout.JAVA_LONG, at, 0L);
        VarHandle.storeStoreFence();
        memory.set(ValueLayout.JAVA_INT, at + 8, requests);
        memory.set(ValueLayout.JAVA_INT, at + 12, responses);
        memory.set(ValueLayout.JAVA_INT, at + 16, inputBytes);
        VarHandle.storeStoreFence();
        memory.set(ValueLayout.JAVA_LONG, at, number);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
