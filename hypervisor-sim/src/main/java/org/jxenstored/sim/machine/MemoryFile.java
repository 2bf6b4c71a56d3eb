package org.jxenstored.sim.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jxenstored.protocol.RingPage;
import org.jxenstored.sim.host.HostMemory;

/** The machine's memory as a file, which daemons map pages of. */
final class MemoryFile implements HostMemory, AutoCloseable {
    private final Path file;
    private final FileChannel channel;

    private MemoryFile(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Makes it; one that is there belonged to a machine that is no more. */
    static MemoryFile make(Path file) throws IOException {
        Files.deleteIfExists(file);
        return new MemoryFile(
                file,
                FileChannel.open(
                        file,
                        Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW),
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))));
    }

    @Override
    public MemorySegment take(long firstFrame, int pages) {
        long position = firstFrame * RingPage.SIZE;
        ByteBuffer zeros = ByteBuffer.allocate(pages * RingPage.SIZE);
        try {
            // Written and not only mapped: on a full file system this fails, where a look at the page would end the
            // process.
            while (zeros.hasRemaining()) {
                var _ = channel.write(zeros, position + zeros.position());
            }
            return channel.map(MapMode.READ_WRITE, position, zeros.capacity(), Arena.ofAuto());
        } catch (IOException e) {
            throw new UncheckedIOException("the machine has no memory left: " + file, e);
        }
    }

    /** Removes the file; who maps it keeps what is mapped. */
    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(file);
    }
}
