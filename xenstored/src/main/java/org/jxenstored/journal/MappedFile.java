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

    /** The file as it is, or a new one; it is nobody else's as long as it is open. */
    static MappedFile open(Path path, long size) throws IOException {
        MappedFile file = map(path, size, StandardOpenOption.CREATE);
        if (file.channel.tryLock() == null) {
            file.close();
            throw new IOException("another xenstored keeps its store in " + path.getParent());
        }
        return file;
    }

    /** A new file; what was there of this name is gone. */
    static MappedFile create(Path path, long size) throws IOException {
        return map(path, size, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
    }

    @SuppressWarnings("MustBeClosedChecker") // close() does
    private static MappedFile map(Path path, long size, OpenOption... how) throws IOException {
        Set<OpenOption> options = new HashSet<>(Set.of(how));
        options.add(StandardOpenOption.READ);
        options.add(StandardOpenOption.WRITE);
        FileChannel channel = FileChannel.open(
                path, options, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Arena arena = Arena.ofShared();
        try {
            long there = channel.size();
            return new MappedFile(channel, arena, channel.map(MapMode.READ_WRITE, 0, size, arena), there);
        } catch (IOException | RuntimeException e) {
            arena.close();
            channel.close();
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
        long at = allocated;
        while (at < end) {
            int part = (int) Math.min(ZEROS.capacity(), end - at);
            at += channel.write(ZEROS.duplicate().limit(part), at);
        }
        allocated = end;
    }

    /** The first bytes, so many, outlive the machine too, once this returns. */
    void force(long size) {
        memory.asSlice(0, size).force();
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
