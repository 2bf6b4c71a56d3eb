package org.jxenstored.benchmarks.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;

/** The thread that waits for records in the daemon's fifo, where the daemon's event loop cannot. */
final class FifoThread implements AutoCloseable {
    private static final Logger LOG = System.getLogger(FifoThread.class.getName());

    private final Path file;
    private final FileChannel fired;
    private final Consumer<ByteBuffer> reporter;

    private FifoThread(Path file, FileChannel fired, Consumer<ByteBuffer> reporter) {
        this.file = file;
        this.fired = fired;
        this.reporter = reporter;
    }

    /** @param reporter takes the whole records from the buffer, on the thread */
    static FifoThread start(Path file, Consumer<ByteBuffer> reporter) {
        try {
            FifoThread started = new FifoThread(file, FileChannel.open(file, StandardOpenOption.READ), reporter);
            Thread.ofPlatform().daemon().name("event-channels").start(started::run);
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }

    private void run() {
        ByteBuffer records = FifoChannels.newBuffer();
        try {
            while (fired.read(records) >= 0) {
                records.flip();
                reporter.accept(records);
                records.compact();
            }
        } catch (ClosedChannelException end) {
            LOG.log(Level.DEBUG, "no more events");
        } catch (IOException e) {
            LOG.log(Level.ERROR, file + " cannot be read any more, guests are answered late", e);
        }
    }

    /** Ends the thread. */
    @Override
    public void close() {
        try {
            fired.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "cannot close " + file, e);
        }
    }
}
