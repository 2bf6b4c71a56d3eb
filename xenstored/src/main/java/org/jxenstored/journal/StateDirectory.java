package org.jxenstored.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The names of the files in a state directory.
 *
 * <p>{@code snapshot-N} is all there was when {@code journal-N} began. While a snapshot is being written there are two
 * journals, to be read one after the other, behind the snapshot of the first. At the very beginning there is no snapshot.
 * What is in {@code spare} counts no more: it is room for the next journal.
 */
record StateDirectory(Path path) {
    private static final String JOURNAL = "journal-";
    private static final String SNAPSHOT = "snapshot-";

    Path journal(long number) {
        return path.resolve(JOURNAL + number);
    }

    Path snapshot(long number) {
        return path.resolve(SNAPSHOT + number);
    }

    /** Where a snapshot is written before it counts. */
    Path draft(long number) {
        return path.resolve(SNAPSHOT + number + ".new");
    }

    /** A journal that was replaced. */
    Path spare() {
        return path.resolve("spare");
    }

    Path cursors() {
        return path.resolve("rings");
    }

    /** Numbers of journals, upwards. */
    TreeSet<Long> journals() throws IOException {
        return numbers(JOURNAL);
    }

    /** The latest snapshot that counts. */
    Optional<Long> latestSnapshot() throws IOException {
        TreeSet<Long> all = numbers(SNAPSHOT);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.last());
    }

    private TreeSet<Long> numbers(String prefix) throws IOException {
        TreeSet<Long> numbers = new TreeSet<>();
        try (Stream<Path> files = Files.list(path)) {
            files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith(prefix))
                    .map(name -> name.substring(prefix.length()))
                    .filter(rest -> rest.matches("[0-9]{1,18}"))
                    .forEach(rest -> numbers.add(Long.parseLong(rest)));
        }
        return numbers;
    }

    /** The names of all files outlive the machine too, once this returns. */
    void syncNames() throws IOException {
        sync(path);
    }

    /** The same of all that a daemon reads at its start: who wrote it may not have waited for the disk. */
    void syncAll() throws IOException {
        for (long number : journals()) {
            sync(journal(number));
        }
        for (long number : numbers(SNAPSHOT)) {
            sync(snapshot(number));
        }
        syncNames();
    }

    private static void sync(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            channel.force(true);
        } catch (IOException e) {
            throw new IOException(file + " cannot be synced: " + e.getMessage(), e);
        }
    }

    /** Makes the journal before this one the spare one; false if there is none. */
    boolean spareBefore(long number) throws IOException {
        Path journal = journal(number - 1);
        if (!Files.exists(journal)) {
            return false;
        }
        Files.move(journal, spare(), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        return true;
    }

    /** Removes all that is older than a snapshot that counts, whoever left it. */
    void removeBefore(long number) throws IOException {
        for (long old : journals().headSet(number)) {
            // Of a daemon that was killed when it wrote one.
            Files.deleteIfExists(draft(old));
            Files.deleteIfExists(journal(old));
        }
        for (long old : numbers(SNAPSHOT).headSet(number)) {
            Files.deleteIfExists(snapshot(old));
        }
    }

    /** As {@link #removeBefore(long)}, where nothing is older than {@code first}: without a look at what there is. */
    void removeBetween(long first, long number) throws IOException {
        for (long old = first; old < number; old++) {
            Files.deleteIfExists(journal(old));
            Files.deleteIfExists(snapshot(old));
        }
    }
}
