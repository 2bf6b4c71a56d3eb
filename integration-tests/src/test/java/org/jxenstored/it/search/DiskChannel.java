package org.jxenstored.it.search;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import org.jxenstored.it.search.MemoryDisk.MemoryFile;

/** An open file of a {@link MemoryDisk}, or its directory. */
final class DiskChannel extends FileChannel {
    private final MemoryDisk disk;
    private final MemoryFile file;
    private final Runnable sync;
    private long position;

    /** @param sync what makes it outlive a loss of power */
    DiskChannel(MemoryDisk disk, MemoryFile file, Runnable sync) {
        this.disk = disk;
        this.file = file;
        this.sync = sync;
    }

    @Override
    public int read(ByteBuffer to) {
        int count = read(to, position);
        position += Math.max(0, count);
        return count;
    }

    @Override
    public int read(ByteBuffer to, long from) {
        int count = (int) Math.min(to.remaining(), file.size() - from);
        if (count <= 0) {
            return -1;
        }
        to.put(file.memory().asSlice(from, count).asByteBuffer());
        return count;
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        int count = from.remaining();
        if (position + count > file.size()) {
            disk.requireRoom();
        }
        put(from, position);
        position += count;
        return count;
    }

    @Override
    public int write(ByteBuffer from, long to) throws IOException {
        int count = from.remaining();
        if (to + count > file.size()) {
            if (to > 0) {
                disk.noteRequestForRoom();
            }
            disk.requireRoom();
        }
        put(from, to);
        return count;
    }

    private void put(ByteBuffer from, long to) {
        int count = from.remaining();
        file.resize(Math.max(file.size(), to + count));
        file.memory().asSlice(to, count).asByteBuffer().put(from);
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public FileChannel position(long wanted) {
        position = wanted;
        return this;
    }

    @Override
    public long size() {
        return file.size();
    }

    @Override
    public FileChannel truncate(long size) {
        if (size < file.size()) {
            file.resize(size);
        }
        return this;
    }

    @Override
    public void force(boolean metaData) {
        sync.run();
    }

    @Override
    public MemorySegment map(MapMode mode, long offset, long size, Arena arena) {
        return file.memory().asSlice(offset, Math.min(size, file.memory().byteSize() - offset));
    }

    @Override
    public FileLock tryLock(long from, long size, boolean shared) {
        return new FileLock(this, from, size, shared) {
            @Override
            public boolean isValid() {
                return true;
            }

            @Override
            public void release() {}
        };
    }

    @Override
    public FileLock lock(long from, long size, boolean shared) {
        return tryLock(from, size, shared);
    }

    @Override
    public long read(ByteBuffer[] to, int offset, int length) {
        long sum = 0;
        for (int i = offset; i < offset + length; i++) {
            sum += Math.max(0, read(to[i]));
        }
        return sum;
    }

    @Override
    public long write(ByteBuffer[] from, int offset, int length) throws IOException {
        long sum = 0;
        for (int i = offset; i < offset + length; i++) {
            sum += write(from[i]);
        }
        return sum;
    }

    @Override
    public long transferTo(long from, long count, WritableByteChannel target) {
        throw new UnsupportedOperationException("transferTo");
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long to, long count) {
        throw new UnsupportedOperationException("transferFrom");
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long from, long size) {
        throw new UnsupportedOperationException("map without an arena");
    }

    @Override
    protected void implCloseChannel() {}
}
