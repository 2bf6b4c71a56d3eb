package org.jxenstored.journal;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Set;

/**
 * A file of mode 0600 that is written through memory: what was written there outlives the process, however it ends.
 *
 * <p>The mapping may be larger than what the file has room for. Room is asked of the file system first: without, a full
 * disk would be a signal instead of an error.
 */
final class MappedFile implements AutoCloseable {
    /** Room is made in such steps, bytes: each takes the file system some tens of microseconds. */
    private static final int STEP = 1 << 18;

    private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(1 << 16).asReadOnlyBuffer();

    private final FileChannel channel;
    private final Arena arena;
    private final MemorySegment memory;
    private long allocated;

    private MappedFile(FileChannel channel, Arena arena, MemorySegment memory, long allocated) {
        this.channel = channel;
        this.arena = arena;
        this.memory = memory;
        this.allocated = allocated;
    }

    /** The file as it is, or a new one, with all the room it needs; it is nobody else's as long as it is open. */
    static MappedFile open(Path path, long size) throws IOException {
        FileChannel channel = channel(path, StandardOpenOption.CREATE);
        try {
            if (channel.tryLock() == null) {
                throw new IOException("another xenstored keeps its store in " + path.getParent());
            }
            // Before it is mapped: that alone makes a file longer, but with holes.
            fill(channel, channel.size(), size);
            return map(channel, size, size);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** A new file without any room; what was there of this name is gone. */
    static MappedFile create(Path path, long size) throws IOException {
        FileChannel channel = channel(path, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
        try {
            return map(channel, size, 0);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static FileChannel channel(Path path, OpenOption... how) throws IOException {
        Set<OpenOption> options = new HashSet<>(Set.of(how));
        options.add(StandardOpenOption.READ);
        options.add(StandardOpenOption.WRITE);
        return FileChannel.open(
                path, options, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    @SuppressWarnings("MustBeClosedChecker") // close() does
    private static MappedFile map(FileChannel channel, long size, long allocated) throws IOException {
        Arena arena = Arena.ofShared();
        try {
            return new MappedFile(channel, arena, channel.map(MapMode.READ_WRITE, 0, size, arena), allocated);
        } catch (IOException | RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    MemorySegment memory() {
        return memory;
    }

    /** Makes sure that the first bytes, so many, can be written to; those that are new are zero. */
    void allocate(long size) throws IOException {
        if (allocated >= size) {
            return;
        }
        long end = Math.min(memory.byteSize(), (size + STEP - 1) / STEP * STEP);
        // A step counts as a whole or not at all: else what is refused for want of room would fit the next time.
        fill(channel, allocated, end);
        allocated = end;
    }

    private static void fill(FileChannel channel, long from, long end) throws IOException {
        long at = from;
        while (at < end) {
            int part = (int) Math.min(ZEROS.capacity(), end - at);
            at += channel.write(ZEROS.duplicate().limit(part), at);
        }
    }

    /** What was written outlives the machine too, once this returns; on Linux this is so for what memory was used for too. */
    void force() throws IOException {
        try {
            channel.force(false);
        } catch (IOException e) {
            throw new IOException("what was written cannot be synced: " + e.getMessage(), e);
        }
    }

    /** Ends it, and cuts what is behind so many bytes off. */
    void close(long size) throws IOException {
        try (channel) {
            arena.close();
            channel.truncate(size);
        }
    }

    @Override
    public void close() throws IOException {
        arena.close();
        channel.close();
    }
}
