package org.jxenstored.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jxenstored.engine.ChangeListener;
import org.jxenstored.engine.Changes;
import org.jxenstored.engine.Ledger;
import org.jxenstored.protocol.Value;
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
    private static final long RESERVE = 1 << 20;

    /** What was last remembered of a ring. */
    private record Told(boolean input, int owedUpTo) {
        static final Told NOTHING = new Told(false, 0);
    }

    private final Changes changes;
    private final StateFiles files;
    private final ChangeWriter writer = new ChangeWriter();
    private final Map<Integer, Told> rings = new HashMap<>();
    private final Set<RingState> begun = new LinkedHashSet<>();
    private long number;
    private long announced;
    private boolean full;

    Journal(Changes changes, StateFiles files, long lastNumber) {
        this.changes = changes;
        this.files = files;
        this.number = lastNumber;
    }

    @Override
    public boolean hasRoomFor(long bytes) {
        announced += bytes;
        boolean fits = files.hasRoomFor(announced + RESERVE);
        if (fits == full) {
            full = !fits;
            if (full) {
                log.error("no room for the journal in {}: changes are refused until there is some", files.directory());
            } else {
                log.warn("there is room for the journal again: changes are accepted");
            }
        }
        if (!fits) {
            announced -= bytes;
        }
        return fits;
    }

    /** Remembers all that changed. */
    public void commit() {
        if (!changes.isEmpty() || !begun.isEmpty()) {
            changes.take(writer);
            writeBegun();
            append();
        }
    }

    private void writeBegun() {
        begun.forEach(ring -> write(ring, ring.owed()));
        begun.clear();
    }

    private void write(RingState ring, Value owed) {
        writer.ring(ring.image(number + 1, owed));
        rings.put(ring.domid(), new Told(ring.hasInput(), ring.responses() + owed.size()));
    }

    /** Remembers all that changed, and how far a ring is. Its indexes may be published afterwards. */
    public void commit(RingState ring) {
        Value owed = ring.owed();
        Told told = rings.getOrDefault(ring.domid(), Told.NOTHING);
        int owedUpTo = ring.responses() + owed.size();
        boolean inputMatters = ring.hasMoved() && (ring.hasInput() || told.input);
        boolean owesMore = owed.size() > 0 && owedUpTo != told.owedUpTo;
        if (changes.isEmpty() && begun.isEmpty() && !inputMatters && !owesMore) {
            files.cursors().set(ring.domid(), ++number, ring.requests(), ring.responses());
            return;
        }
        changes.take(writer);
        writeBegun();
        write(ring, owed);
        append();
    }

    /**
     * Begins a new journal if this one has become long, and writes all that is remembered into a snapshot.
     *
     * @param all tells of everything but nodes and rings
     * @param rings those that are served
     */
    public void shorten(
            Tree tree, Consumer<ChangeListener> all, Supplier<? extends Collection<? extends RingState>> rings) {
        if (files.isLong()) {
            restart(tree, all, rings);
        }
    }

    /** As {@link #shorten}, however long the journal is. */
    public void restart(
            Tree tree, Consumer<ChangeListener> all, Supplier<? extends Collection<? extends RingState>> rings) {
        commit();
        try {
            files.rotate();
        } catch (IOException e) {
            log.warn("no new journal could be begun: {}", e.getMessage());
            files.postpone();
            return;
        }
        all.accept(writer);
        rings.get().forEach(ring -> write(ring, ring.owed()));
        number++;
        ByteBuffer rest = ByteBuffer.allocate(writer.size()).put(writer.view()).flip();
        writer.clear();
        files.write(tree, rest);
    }

    /** A ring's connection began, or began anew: what was remembered of an earlier one is worth nothing. */
    public void begins(RingState ring) {
        begun.add(ring);
    }

    /** A ring's connection ended. */
    public void ends(RingState ring) {
        begun.remove(ring);
        rings.remove(ring.domid());
    }

    private void append() {
        ByteBuffer body = writer.view();
        try {
            files.append(++number, body);
        } catch (IOException e) {
            log.error("a change could not be remembered: {}", e.getMessage());
        } finally {
            writer.clear();
            announced = 0;
        }
    }

    @Override
    public void close() {
        commit();
        files.close();
    }
}
