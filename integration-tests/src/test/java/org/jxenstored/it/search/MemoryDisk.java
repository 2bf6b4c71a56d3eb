package org.jxenstored.it.search;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.DirectoryStream.Filter;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A disk in memory with one directory, whose room can run out, whose power can be lost, and which can be put back to what
 * it was.
 */
final class MemoryDisk implements AutoCloseable {
    /** More than any file of a short life is long. */
    private static final long FILE_MAX = 3L << 20;

    private final Arena arena = Arena.ofShared();
    private final Map<String, MemoryFile> files = new TreeMap<>();
    private final Deque<MemoryFile> unused = new ArrayDeque<>();
    private final DiskFileSystem fileSystem = new DiskFileSystem(this);
    private final StableStorage stable = new StableStorage();
    private final List<MemoryFile> removed = new ArrayList<>();
    private Runnable beforeChange = () -> {};
    private boolean full;
    private long refusals;

    /** The bytes of one file. */
    static final class MemoryFile {
        private final MemorySegment memory;
        private long size;
        private long longest;

        MemoryFile(MemorySegment memory) {
            this.memory = memory;
        }

        MemorySegment memory() {
            return memory;
        }

        long size() {
            return size;
        }

        void resize(long wanted) {
            size = wanted;
            longest = Math.max(longest, wanted);
        }

        byte[] bytes() {
            byte[] copy = new byte[Math.toIntExact(size)];
            MemorySegment.copy(memory, 0, MemorySegment.ofArray(copy), 0, copy.length);
            return copy;
        }

        void clear() {
            memory.asSlice(0, longest).fill((byte) 0);
            size = 0;
            longest = 0;
        }
    }

    /** What was on the disk at some moment. */
    record Image(Map<String, byte[]> files) {}

    /** The directory. */
    Path root() {
        return fileSystem.root();
    }

    /** From now on files can become longer, or not. */
    void setFull(boolean full) {
        this.full = full;
    }

    boolean isFull() {
        return full;
    }

    /** How often there was no room for what somebody asked for. */
    long refusals() {
        return refusals;
    }

    /** A file that is in use is to be longer, for a request: not a new one, or a snapshot. */
    void noteRequestForRoom() {
        if (full) {
            refusals++;
        }
    }

    /** Somebody wants room. */
    void requireRoom() throws IOException {
        if (full) {
            throw new IOException("No space left on device");
        }
    }

    /** From now on this is run before anything is synced, and before anything happens to the name of a file. */
    void beforeChange(Runnable work) {
        beforeChange = work;
    }

    /** What would be there if the power were lost now. */
    Image afterLossOfPower(RandomGenerator chance) {
        return stable.afterLoss(chance);
    }

    private void sync(MemoryFile file) {
        beforeChange.run();
        stable.sync(file);
    }

    private void syncNames() {
        beforeChange.run();
        stable.syncNames();
        removed.removeIf(file -> !stable.holds(file) && unused.add(file));
    }

    FileChannel open(String name, boolean creates, boolean empties) throws IOException {
        @Nullable MemoryFile file = files.get(name);
        if (file == null || empties) {
            if (!creates) {
                throw new NoSuchFileException(name);
            }
            beforeChange.run();
            remove(file, name);
            file = create(name);
            stable.created(name, file);
        }
        MemoryFile opened = file;
        return new DiskChannel(this, opened, () -> sync(opened));
    }

    FileChannel openDirectory() {
        return new DiskChannel(this, new MemoryFile(MemorySegment.NULL), this::syncNames);
    }

    private MemoryFile create(String name) {
        @Nullable MemoryFile file = unused.poll();
        if (file == null) {
            file = new MemoryFile(arena.allocate(FILE_MAX, 8));
        } else {
            file.clear();
        }
        files.put(name, file);
        return file;
    }

    /** Its memory serves again once it is gone for good: who has it open still is a daemon that was killed. */
    private void remove(@Nullable MemoryFile file, String name) {
        if (file != null) {
            files.remove(name);
            stable.removed(name);
            removed.add(file);
        }
    }

    void remove(String name) throws IOException {
        @Nullable MemoryFile file = files.get(name);
        if (file == null) {
            throw new NoSuchFileException(name);
        }
        beforeChange.run();
        remove(file, name);
    }

    void rename(String from, String to) throws IOException {
        @Nullable MemoryFile file = files.get(from);
        if (file == null) {
            throw new NoSuchFileException(from);
        }
        beforeChange.run();
        files.remove(from);
        @Nullable MemoryFile replaced = files.put(to, file);
        if (replaced != null) {
            removed.add(replaced);
        }
        stable.renamed(from, to, file);
    }

    DirectoryStream<Path> list(Filter<? super Path> filter) throws IOException {
        List<Path> found = files.keySet().stream()
                .map(name -> (Path) new DiskPath(fileSystem, name))
                .toList();
        for (Path each : found) {
            if (!filter.accept(each)) {
                throw new UnsupportedOperationException("a filter");
            }
        }
        return new DirectoryStream<>() {
            @Override
            public Iterator<Path> iterator() {
                return found.iterator();
            }

            @Override
            public void close() {}
        };
    }

    /** What is there now. */
    Image image() {
        Map<String, byte[]> copies = new TreeMap<>();
        files.forEach((name, file) -> copies.put(name, file.bytes()));
        return new Image(copies);
    }

    /** All that happened since is undone. Nobody has a file open. */
    void putBack(Image image) {
        unused.addAll(files.values());
        unused.addAll(removed);
        removed.clear();
        files.clear();
        image.files().forEach((name, bytes) -> {
            MemoryFile file = create(name);
            MemorySegment.copy(MemorySegment.ofArray(bytes), 0, file.memory(), 0, bytes.length);
            file.resize(bytes.length);
        });
        stable.reset(files);
    }

    @Override
    public void close() {
        arena.close();
    }
}
