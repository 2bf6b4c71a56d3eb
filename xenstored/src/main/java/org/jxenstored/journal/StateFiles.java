package org.jxenstored.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
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

    private final StateDirectory directory;
    private final boolean forces;
    private final long longJournal;
    private final Executor beside;
    private final RingCursors cursors;
    private JournalFile journal;

    /** The journal before this one. */
    private @Nullable JournalFile replaced;

    private long fileNumber;
    private long limit;
    private volatile long snapshotSize;
    private volatile boolean writing;

    /** Number of the journal that is the spare file now. */
    private volatile long spareNumber = -1;

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
        JournalFile journal = JournalFile.create(directory.journal(fileNumber), fileNumber);
        return new StateFiles(directory, forces, longJournal, beside, cursors, journal, fileNumber);
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

    void append(long number, ByteBuffer body) throws IOException {
        if (!journal.hasRoomFor(body.remaining())) {
            throw new IOException("there is no room for " + body.remaining() + " bytes in " + directory.path());
        }
        journal.append(number, body);
        if (forces) {
            journal.force();
        }
    }

    /** True if the journal is so long that it should be replaced. */
    boolean isLong() {
        return journal.size() > Math.max(limit, TIMES_SNAPSHOT * snapshotSize) && !writing;
    }

    /** Goes on in a new journal. What {@link #write} writes next must be all that was remembered up to now. */
    void rotate() throws IOException {
        JournalFile next = next(fileNumber + 1);
        fileNumber++;
        replaced = journal;
        journal = next;
    }

    /** The journal before this one, if nobody needs it any more and it is not much too long; else a new one. */
    private JournalFile next(long number) throws IOException {
        if (replaced != null && spareNumber == number - 2 && replaced.size() <= 2 * longJournal) {
            JournalFile spare = replaced;
            spare.beginAgain(number);
            Files.move(directory.spare(), directory.journal(number), StandardCopyOption.ATOMIC_MOVE);
            return spare;
        }
        closeReplaced();
        return JournalFile.create(directory.journal(number), number);
    }

    private void closeReplaced() throws IOException {
        if (replaced != null) {
            JournalFile old = replaced;
            replaced = null;
            old.close();
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
        beside.execute(() -> {
            try {
                writeNow(number, contents);
            } catch (IOException | RuntimeException e) {
                log.error("no snapshot could be written to {}: {}", directory.path(), e.getMessage());
            } finally {
                writing = false;
            }
        });
    }

    private void writeNow(long number, SnapshotContents contents) throws IOException {
        Path draft = directory.draft(number);
        try (FileChannel channel = FileChannel.open(
                draft,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            SnapshotWriter.write(channel, contents);
            channel.force(true);
            snapshotSize = channel.size();
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(draft);
            throw e;
        }
        Files.move(draft, directory.snapshot(number), StandardCopyOption.ATOMIC_MOVE);
        spareNumber = directory.spareBefore(number) ? number - 1 : -1;
        directory.removeBefore(number);
    }

    @Override
    public void close() {
        try {
            journal.close();
            closeReplaced();
            Files.deleteIfExists(directory.spare());
            cursors.close();
        } catch (IOException e) {
            log.warn("the journal in {} could not be closed: {}", directory.path(), e.getMessage());
        }
    }
}
