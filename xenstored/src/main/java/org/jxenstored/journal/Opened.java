package org.jxenstored.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jxenstored.engine.Changes;
import org.jxenstored.engine.StoreImage;
import org.jxenstored.watch.WatchImage;

/** A state directory that is this daemon's now: what an earlier one left in it, and the place for what comes. */
public final class Opened implements AutoCloseable {
    /**
     * A journal of this size is worth a snapshot, bytes, where there is room. In a storm of writes snapshots cost more than
     * the journal: with 16 MB they took a tenth of all time.
     */
    private static final long LONG_JOURNAL = 64 << 20;

    /** The same where there is hardly any room. */
    private static final long SHORT_JOURNAL = 4 << 20;

    /** Of the room that is free at the start a journal gets this part: there are two at times, and a snapshot. */
    private static final int PART_OF_ROOM = 8;

    private final StateDirectory directory;
    private final RingCursors cursors;
    private final Recovery.Found found;
    private final boolean syncs;
    private final long longJournal;
    private final Executor beside;

    private Opened(
            StateDirectory directory,
            RingCursors cursors,
            Recovery.Found found,
            boolean syncs,
            long longJournal,
            Executor beside) {
        this.syncs = syncs;
        this.longJournal = longJournal;
        this.beside = beside;
        this.directory = directory;
        this.cursors = cursors;
        this.found = found;
    }

    /**
     * Reads what is there.
     *
     * @param path a directory of mode 0700 that exists
     * @param takesPrefix true to take what stands before a damage, false to refuse
     * @param syncs true if what is remembered is to outlive the end of the machine too
     * @param beside runs what takes long, such as writing a snapshot
     * @throws DamagedException if something in it is not what was written; nothing is changed then
     * @throws IOException if it cannot be read or written, or another daemon has it
     */
    public static Opened open(Path path, boolean takesPrefix, boolean syncs, Executor beside) throws IOException {
        return open(path, takesPrefix, syncs, longJournal(path), beside);
    }

    private static long longJournal(Path path) throws IOException {
        return Math.clamp(Files.getFileStore(path).getUsableSpace() / PART_OF_ROOM, SHORT_JOURNAL, LONG_JOURNAL);
    }

    /**
     * As {@link #open(Path, boolean, boolean, Executor)}.
     *
     * @param longJournal of a journal worth a snapshot, bytes
     */
    public static Opened open(Path path, boolean takesPrefix, boolean syncs, long longJournal, Executor beside)
            throws IOException {
        StateDirectory directory = new StateDirectory(path);
        RingCursors cursors = RingCursors.open(directory.cursors());
        try {
            return new Opened(directory, cursors, Recovery.read(directory, takesPrefix), syncs, longJournal, beside);
        } catch (IOException | RuntimeException e) {
            cursors.close();
            throw e;
        }
    }

    public Path directory() {
        return directory.path();
    }

    /** The store of the earlier daemon; empty if there was none. */
    public Optional<StoreImage> image() {
        return found.image();
    }

    /**
     * True if the machine that runs now is, as far as can be told, the one of the earlier daemon.
     *
     * @param boot its name for this run
     */
    public boolean isOfSameBoot(Optional<String> boot) {
        Optional<String> before = found.remembered().boot();
        return boot.isEmpty() || before.isEmpty() || before.equals(boot);
    }

    /** True if a journal of before is damaged in the middle and was read up to there: it needs a snapshot to go on. */
    public boolean isCut() {
        return found.cut();
    }

    /** For what must not be used twice: its low byte is another than that of the daemon before, and not 0. */
    public int epoch() {
        return (int) found.nextFile();
    }

    /** How far the earlier daemon was with this domain's ring; empty if it had none. */
    public Optional<RingImage> ring(int domid) {
        return Recovery.ring(found.remembered(), cursors, domid);
    }

    /** The domain's watches, in order of registration. */
    public List<WatchImage> watches(int domid) {
        return found.remembered().watches(domid);
    }

    /**
     * Begins to remember.
     *
     * @param boot the machine's name for this run, if it has one
     */
    public Journal begin(Changes changes, Optional<String> boot) throws IOException {
        long number = found.nextFile();
        if (syncs) {
            // What is kept from now on is worth nothing without it.
            directory.syncAll();
        }
        // What is damaged stays until there is a snapshot, and a later daemon would not read on behind it.
        Executor snapshots = found.cut() ? new FirstAtOnce(beside) : beside;
        StateFiles files = StateFiles.begin(directory, syncs, longJournal, snapshots, cursors, number);
        return new Journal(changes, files, boot, number << JournalFile.NUMBER_BITS);
    }

    @Override
    public void close() throws IOException {
        cursors.close();
    }
}
