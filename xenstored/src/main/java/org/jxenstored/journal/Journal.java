package org.jxenstored.journal;

import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.jxenstored.engine.Changes;
import org.jxenstored.engine.Ledger;
import org.jxenstored.engine.StateListener;
import org.jxenstored.store.Tree;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers every change before anybody hears that it was made, so that all that was answered outlives the daemon.
 *
 * <p>All calls come from the thread that serves requests. A turn ends with {@link #commit()}, and only then are replies
 * sent. What a ring did is remembered together with how far the ring is: either both outlive the daemon or neither.
 */
public final class Journal implements Ledger, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Journal.class);

    /** Kept free for what cannot be refused: the end of a domain. */
    static final long RESERVE = 1 << 20;

    /** Of that, kept free from what rings take off and have to be sent: a guest that waits does no harm. */
    private static final long RESERVE_OF_CHANGES = RESERVE / 2;

    /** There is room again once there is that much: small and large requests in turn must not be able to fill the log. */
    private static final long WORTH_TELLING = 1 << 20;

    /** Bytes of a record about a ring, but for its input and output; more than enough. */
    private static final int STEP_SIZE = 128;

    /** Where a ring's streams ended when it was last told of. */
    private record Told(int requests, int owedUpTo, int changesOfOwed, boolean ignored) {
        static Told of(RingState ring) {
            return new Told(
                    ring.requests(), ring.responses() + ring.owedBytes(), ring.changesOfOwed(), ring.isIgnored());
        }

        /** True if the streams of now go on from those. */
        boolean leadsTo(RingState ring) {
            return changesOfOwed == ring.changesOfOwed() && ignored == ring.isIgnored();
        }
    }

    private final Changes changes;
    private final StateFiles files;
    private final Optional<String> boot;
    private final ChangeWriter writer = new ChangeWriter();
    private final Map<Integer, Told> rings = new HashMap<>();
    private final Set<RingState> begun = new LinkedHashSet<>();

    /** Rings that are told of in what was not appended yet. */
    private final Set<RingState> written = new LinkedHashSet<>();

    private long number;
    private long announced;
    private boolean full;

    /** True while there is something that should be in the journal, and no room for it. */
    private boolean behind;

    Journal(Changes changes, StateFiles files, Optional<String> boot, long lastNumber) {
        this.changes = changes;
        this.files = files;
        this.boot = boot;
        this.number = lastNumber;
        // Before all else: a later daemon must not take what is kept from now on for that of another run of the
        // machine.
        boot.ifPresent(writer::boot);
    }

    @Override
    public boolean hasRoomFor(long bytes) {
        boolean fits = !behind && files.hasRoomFor(announced + bytes + RESERVE);
        if (fits) {
            announced += bytes;
        }
        if (!fits && !full) {
            full = true;
            log.error("no room for the journal in {}: changes are refused until there is some", files.directory());
        } else if (fits && full && files.hasRoomFor(announced + RESERVE + WORTH_TELLING)) {
            full = false;
            log.warn("there is room for the journal again: changes are accepted");
        }
        return fits;
    }

    /**
     * Remembers all that changed.
     *
     * @return false if there is no room for it; it is tried again next time
     */
    public boolean commit() {
        if (!behind && isEmpty()) {
            // What was announced came to nothing.
            announced = 0;
            return true;
        }
        if (onlyRingsWait()) {
            return false;
        }
        writeChanges();
        return append();
    }

    /** True if there is nothing but rings to be written, and that would take of what is kept free for others. */
    private boolean onlyRingsWait() {
        if (behind || !writer.isEmpty() || !changes.isEmpty()) {
            return false;
        }
        long bytes = RESERVE_OF_CHANGES;
        for (RingState ring : begun) {
            bytes += STEP_SIZE + ring.inputBytes() + (long) ring.owedBytes();
        }
        return !files.hasRoomFor(bytes);
    }

    /**
     * Remembers all that changed, and how far a ring is: then its indexes may be published.
     *
     * @return false if there is no room for it; then the guest has to wait
     */
    public boolean commit(RingState ring) {
        if (behind && !commit() && written.contains(ring)) {
            return false;
        }
        int input = ring.inputBytes();
        int owed = ring.owedBytes();
        @Nullable Told told = rings.get(ring.domid());
        if (told == null || !told.leadsTo(ring) || begun.contains(ring)) {
            begun.add(ring);
        } else {
            input = Math.min(input, ring.requests() - told.requests);
            owed = Math.max(0, Math.min(owed, ring.responses() + owed - told.owedUpTo));
            if (input + owed == 0 && (behind || isEmpty())) {
                if (!behind) {
                    announced = 0;
                }
                files.cursors().set(ring.domid(), ++number, ring.requests(), ring.responses(), ring.inputBytes());
                return true;
            }
        }
        if (behind || !files.hasRoomFor(announced + STEP_SIZE + input + owed + RESERVE_OF_CHANGES)) {
            // What it did goes out with how far it is, whoever has it written.
            begun.add(ring);
            return false;
        }
        writeChanges();
        if (!written.contains(ring)) {
            try {
                write(ring, input, owed);
            } catch (RuntimeException | Error e) {
                begun.add(ring);
                throw e;
            }
        }
        return append();
    }

    /** True if there is nothing to remember. */
    private boolean isEmpty() {
        return writer.isEmpty() && changes.isEmpty() && begun.isEmpty();
    }

    private void writeChanges() {
        asAWhole(() -> changes.take(writer));
        begun.forEach(this::write);
        begun.clear();
    }

    /** For want of memory something may be written in half, which nobody could read. It is still there to be written again. */
    private void asAWhole(Runnable writing) {
        Bytes.Mark before = writer.mark();
        try {
            writing.run();
        } catch (RuntimeException | Error e) {
            writer.cutTo(before);
            throw e;
        }
    }

    /** All of a ring. */
    private void write(RingState ring) {
        asAWhole(() -> writer.ring(ring.image(number + 1)));
        noteWritten(ring);
    }

    /** What is new at the ends of its streams. */
    private void write(RingState ring, int input, int owed) {
        asAWhole(() -> writer.ring(new RingStep(
                ring.domid(),
                number + 1,
                ring.isIgnored(),
                ring.requests(),
                ring.responses(),
                ring.inputBytes(),
                ring.lastInput(input),
                ring.owedBytes(),
                ring.lastOwed(owed))));
        noteWritten(ring);
    }

    private void noteWritten(RingState ring) {
        written.add(ring);
        rings.put(ring.domid(), Told.of(ring));
    }

    /**
     * Begins a new journal if this one has become long, and writes all that is remembered into a snapshot.
     *
     * @param all tells of everything but nodes and rings
     * @param rings those that are served
     */
    public void shorten(
            Tree tree, Consumer<StateListener> all, Supplier<? extends Collection<? extends RingState>> rings) {
        if (files.isLong()) {
            restart(tree, all, rings);
        }
    }

    /** As {@link #shorten}, however long the journal is. */
    public void restart(
            Tree tree, Consumer<StateListener> all, Supplier<? extends Collection<? extends RingState>> rings) {
        boolean caughtUp = commit() || !behind;
        try {
            files.rotate();
        } catch (IOException e) {
            log.warn("no new journal could be begun: {}", e.getMessage());
            files.postpone();
            return;
        }
        // Whether the snapshot will be there or not: what comes in this journal goes on from its own beginning.
        boot.ifPresent(writer::boot);
        begun.addAll(rings.get());
        // What had no room before is in this journal now: a snapshot that has it too would have it twice.
        if (!commit() || !caughtUp) {
            return;
        }
        number++;
        SnapshotContents contents = new SnapshotContents(tree, boot);
        all.accept(contents);
        rings.get().forEach(ring -> contents.add(ring.image(number)));
        files.write(contents);
    }

    /** A ring's connection began, or began anew: what was remembered of an earlier one is worth nothing. */
    public void begins(RingState ring) {
        begun.add(ring);
    }

    /** A ring's connection ended. */
    public void ends(RingState ring) {
        begun.remove(ring);
        written.remove(ring);
        rings.remove(ring.domid());
    }

    private boolean append() {
        try {
            if (!writer.isEmpty()) {
                files.append(++number, writer.body());
            }
        } catch (IOException e) {
            if (!behind) {
                log.error("{}: guests have to wait, and what they lose with a crash now is lost", e.getMessage());
            }
            behind = true;
            return false;
        }
        if (behind) {
            log.warn("all is remembered again in {}", files.directory());
        }
        behind = false;
        writer.clear();
        announced = 0;
        if (!written.isEmpty()) {
            List<RingState> now = List.copyOf(written);
            written.clear();
            now.forEach(RingState::remembered);
        }
        return true;
    }

    /** True if what is kept from now on does not hang on what stood there before. */
    public boolean hasSnapshot() {
        return files.hasSnapshot();
    }

    @Override
    public void close() {
        if (!commit()) {
            log.error("what changed last is lost: there is no room for it in {}", files.directory());
        }
        files.close();
    }
}
