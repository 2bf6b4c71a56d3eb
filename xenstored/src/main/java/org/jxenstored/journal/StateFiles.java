package org.jxenstored.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files of one daemon: the journal it writes, the snapshots that replace older ones, the cursors. */
final class StateFiles implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(StateFiles.class);

    /** How many times as long as the last snapshot a journal may become. */
    private static final int TIMES_SNAPSHOT = 2;

    /** However large the snapshot is: a journal must not come to its end before there is another. */
    private static final long LONGEST = JournalFile.SIZE_MAX / 2;

    private final StateDirectory directory;
    private final boolean forces;
    private final long longJournal;
    private final Executor beside;
    private final RingCursors cursors;
    private JournalFile journal;

    /** The journal before this one, if its file may be used again. */
    private @Nullable JournalFile replaced;

    private long fileNumber;
    private long limit;
    private volatile long snapshotSize;
    private volatile boolean writing;

    /** Number of the journal that is the spare file now. */
    private volatile long spareNumber = -1;

    /** Number of the first file there is, once that is known; only for who writes snapshots. */
    private volatile long oldest = -1;

    private StateFiles(
            StateDirectory directory,
            boolean forces,
            long longJournal,
            Executor beside,
            RingCursors cursors,
            JournalFile journal,
            long fileNumber) {
        this.directory = directory;
        this.beside = beside;
        this.forces = forces;
        this.longJournal = longJournal;
        this.limit = longJournal;
        this.cursors = cursors;
        this.journal = journal;
        this.fileNumber = fileNumber;
    }

    /**
     * Begins a new journal; older ones stay until there is a snapshot.
     *
     * @param forces true to survive the end of the machine too
     * @param longJournal of a journal worth a snapshot, bytes
     * @param beside runs what takes long
     * @param fileNumber of the journal
     */
    static StateFiles begin(
            StateDirectory directory,
            boolean forces,
            long longJournal,
            Executor beside,
            RingCursors cursors,
            long fileNumber)
            throws IOException {
        Files.deleteIfExists(directory.spare());
        JournalFile journal = create(directory, forces, fileNumber);
        return new StateFiles(directory, forces, longJournal, beside, cursors, journal, fileNumber);
    }

    /** A new journal, whose name stands in the directory before anything stands in the journal. */
    private static JournalFile create(StateDirectory directory, boolean forces, long number) throws IOException {
        JournalFile journal = JournalFile.create(directory.journal(number));
        if (forces) {
            try {
                directory.syncNames();
            } catch (IOException e) {
                journal.close();
                throw e;
            }
        }
        return journal;
    }

    Path directory() {
        return directory.path();
    }

    RingCursors cursors() {
        return cursors;
    }

    boolean hasRoomFor(long bytes) {
        return journal.hasRoomFor(bytes);
    }

    void append(long number, RecordBody body) throws IOException {
        if (!journal.hasRoomFor(body.size())) {
            throw new IOException("there is no room for " + body.size() + " bytes in " + directory.path());
        }
        long before = journal.size();
        journal.append(number, body);
        if (forces) {
            try {
                journal.force();
            } catch (IOException e) {
                journal.cutTo(before);
                throw e;
            }
        }
    }

    /** True if the journal is so long that it should be replaced. */
    boolean isLong() {
        long worthIt = Math.max(limit, Math.min(LONGEST, TIMES_SNAPSHOT * snapshotSize));
        return journal.size() > worthIt && !writing;
    }

    /** Goes on in a new journal. What {@link #write} writes next must be all that was remembered up to now. */
    void rotate() throws IOException {
        JournalFile next = next(fileNumber + 1);
        fileNumber++;
        JournalFile old = journal;
        journal = next;
        // What the machine's end may leave of a file that was renamed is not known, so synced ones are not used again.
        if (forces || old.size() > 2 * longJournal) {
            old.close();
        } else {
            replaced = old;
        }
    }

    /** The journal before this one, if nobody needs it any more; else a new one. */
    private JournalFile next(long number) throws IOException {
        JournalFile spare = replaced;
        replaced = null;
        if (spare != null) {
            if (spareNumber == number - 2 && takeSpare(spare, directory.journal(number))) {
                return spare;
            }
            spare.close();
        }
        return create(directory, forces, number);
    }

    private boolean takeSpare(JournalFile spare, Path path) {
        try {
            spare.beginAgain();
            Files.move(directory.spare(), path, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (IOException e) {
            log.debug("the spare journal cannot be had: {}", e.getMessage());
            return false;
        }
    }

    /** Tries again after so much more was written. */
    void postpone() {
        limit = journal.size() + longJournal;
    }

    /** Writes a snapshot beside everything else; when it is there, what is older goes. */
    void write(SnapshotContents contents) {
        writing = true;
        limit = longJournal;
        long number = fileNumber;
        boolean spares = replaced != null;
        try {
            beside.execute(() -> {
                try {
                    writeNow(number, spares, contents);
                } catch (IOException | RuntimeException | Error e) {
                    cannotWrite(e);
                } finally {
                    writing = false;
                }
            });
        } catch (RuntimeException | Error e) {
            // Such as no thread. It is tried again when this journal is long.
            writing = false;
            cannotWrite(e);
        }
    }

    /** True once there is a snapshot of this daemon's. */
    boolean hasSnapshot() {
        return oldest >= 0;
    }

    private void cannotWrite(Throwable why) {
        log.error("no snapshot could be written to {}: {}", directory.path(), why.getMessage());
    }

    private void writeNow(long number, boolean spares, SnapshotContents contents) throws IOException {
        Path draft = directory.draft(number);
        try (FileChannel channel = FileChannel.open(
                draft,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            SnapshotWriter.write(channel, contents);
            channel.force(true);
            snapshotSize = channel.size();
        } catch (IOException | RuntimeException | Error e) {
            Files.deleteIfExists(draft);
            throw e;
        }
        Files.move(draft, directory.snapshot(number), StandardCopyOption.ATOMIC_MOVE);
        // Before older ones go: a disk may do the one and not the other when the machine ends.
        directory.syncNames();
        spareNumber = spares && directory.spareBefore(number) ? number - 1 : -1;
        if (oldest < 0) {
            directory.removeBefore(number);
        } else {
            directory.removeBetween(oldest, number);
        }
        oldest = number;
    }

    @Override
    public void close() {
        try {
            journal.close();
            if (replaced != null) {
                replaced.close();
            }
            Files.deleteIfExists(directory.spare());
            cursors.close();
        } catch (IOException e) {
            log.warn("the journal in {} could not be closed: {}", directory.path(), e.getMessage());
        }
    }
}
