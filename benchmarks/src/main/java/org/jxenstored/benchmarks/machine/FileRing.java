package org.jxenstored.benchmarks.machine;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jxenstored.hypervisor.MappedRing;
import org.jxenstored.protocol.RingPage;

/** A ring page that is a file, mapped. A look at it after {@link #close} throws. */
final class FileRing implements MappedRing {
    private final Arena arena = Arena.ofShared();
    private final RingPage page;

    FileRing(Path file) throws IOException {
        try {
            page = map(file, arena);
        } catch (IOException | RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    /** Maps the file; makes it if there is none, and as long as a page. */
    static RingPage map(Path file, Arena arena) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE)) {
            return new RingPage(channel.map(MapMode.READ_WRITE, 0, RingPage.SIZE, arena));
        }
    }

    @Override
    public RingPage page() {
        return page;
    }

    boolean isClosed() {
        return !arena.scope().isAlive();
    }

    @Override
    public void close() {
        if (arena.scope().isAlive()) {
            arena.close();
        }
    }
}
