package org.jxenstored.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jxenstored.engine.StoreImage;
import org.jxenstored.store.Generations;
import org.jxenstored.store.Tree;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what an earlier daemon remembered. */
final class Recovery {
    private static final Logger log = LoggerFactory.getLogger(Recovery.class);

    /** Generations one daemon may use before they could be those of the next. */
    private static final int GENERATION_BITS = 40;

    private static final long EPOCH_MASK = 0xff;

    private final StateDirectory directory;
    private final boolean takesPrefix;
    private final Generations generations = new Generations();
    private final Remembered remembered = new Remembered(generations);
    private long lastNumber = -1;

    private Recovery(StateDirectory directory, boolean takesPrefix) {
        this.directory = directory;
        this.takesPrefix = takesPrefix;
    }

    /**
     * What was found.
     *
     * @param image empty if there was no earlier daemon
     * @param nextFile number for the next journal
     * @param cut true if something stands behind a damage and was left out
     */
    record Found(Optional<StoreImage> image, Remembered remembered, long nextFile, boolean cut) {}

    /**
     * Reads all of it.
     *
     * @param takesPrefix true to take what stands before a damage, false to refuse
     */
    static Found read(StateDirectory directory, boolean takesPrefix) throws IOException {
        return new Recovery(directory, takesPrefix).readAll();
    }

    private Found readAll() throws IOException {
        Optional<Long> snapshot = directory.latestSnapshot();
        List<Long> journals = new ArrayList<>(directory.journals().tailSet(snapshot.orElse(0L)));
        long next =
                journals.isEmpty() ? snapshot.orElse(0L) + 1 : Math.max(journals.getLast(), snapshot.orElse(0L)) + 1;
        generations.raiseTo(next << GENERATION_BITS);
        if (snapshot.isPresent()) {
            readSnapshot(directory.snapshot(snapshot.get()));
        }
        boolean cut = false;
        for (long journal : journals) {
            if (!readJournal(journal)) {
                cut = true;
                break;
            }
        }
        next = withOtherEpoch(next);
        Optional<Tree> tree = remembered.store();
        Optional<StoreImage> image = tree.map(found ->
                new StoreImage(found, generations.current(), List.copyOf(remembered.domains()), remembered.quotas()));
        return new Found(image, remembered, next, cut);
    }

    /** Ids of transactions tell daemons apart by the low byte of this number; the very first daemon has 0. */
    private long withOtherEpoch(long next) {
        long before = Math.max(0, lastNumber) >>> JournalFile.NUMBER_BITS & EPOCH_MASK;
        long other = next;
        while ((other & EPOCH_MASK) == before || (other & EPOCH_MASK) == 0) {
            other++;
        }
        return other;
    }

    private void readSnapshot(Path file) throws IOException {
        try {
            SnapshotReader.read(file, remembered);
        } catch (DamagedException e) {
            throw new DamagedException("the snapshot " + file + " cannot be read: " + e.getMessage()
                    + ". To start with an empty store move " + directory.path() + " away");
        }
    }

    /** Returns false if what comes behind is not to be read. */
    private boolean readJournal(long number) throws IOException {
        Path file = directory.journal(number);
        JournalReader.End end;
        try {
            end = JournalReader.read(file, number, lastNumber, (_, body) -> ChangeReader.read(body, remembered));
        } catch (DamagedException e) {
            throw new DamagedException("the journal " + file + " cannot be read: " + e.getMessage());
        }
        lastNumber = end.lastNumber();
        if (!end.damage().isEmpty()) {
            String what = "the journal " + file + " is damaged: " + end.damage();
            if (!takesPrefix) {
                throw new DamagedException(what
                        + ", and more was written after it. Start with --recover=prefix to go on with what stands"
                        + " before it, or move " + directory.path() + " away to start with an empty store");
            }
            log.warn("{}; what was written after it is lost", what);
            return false;
        }
        return true;
    }

    /** How far the server was with a ring. */
    static Optional<RingImage> ring(Remembered remembered, RingCursors cursors, int domid) {
        return remembered
                .ring(domid)
                .map(image -> cursors.get(domid)
                        .filter(cursor -> cursor.number() > image.number())
                        .map(image::at)
                        .orElse(image));
    }
}
