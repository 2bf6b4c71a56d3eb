package org.jxenstored.benchmarks.machine;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A fifo that is read and written without ever waiting; Java's own channels can neither make one nor promise that. To be
 * used by one thread.
 */
final class Fifo implements AutoCloseable {
    private static final int READ_WRITE_NONBLOCK_CLOEXEC = 2 | 0x800 | 0x80000;
    private static final int OWNER_ONLY = 0600;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final MethodHandle MKFIFO = function("mkfifo", FunctionDescriptor.of(INT, ValueLayout.ADDRESS, INT));
    private static final MethodHandle OPEN =
            function("open", FunctionDescriptor.of(INT, ValueLayout.ADDRESS, INT), Linker.Option.firstVariadicArg(2));
    private static final MethodHandle CLOSE = function("close", FunctionDescriptor.of(INT, INT));
    private static final MethodHandle WRITE = function(
            "write", FunctionDescriptor.of(ValueLayout.JAVA_LONG, INT, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG));

    private static final MethodHandle READ = function(
            "read", FunctionDescriptor.of(ValueLayout.JAVA_LONG, INT, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG));

    private final int descriptor;
    private final MemorySegment words = Arena.ofAuto().allocate(INT, 2);
    private boolean closed;

    private Fifo(int descriptor) {
        this.descriptor = descriptor;
    }

    @SuppressWarnings("restricted") // these are the C library's, with the shapes the C library gives them
    private static MethodHandle function(String name, FunctionDescriptor shape, Linker.Option... options) {
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), shape, options);
    }

    /** Makes a fifo, in the place of what was there. */
    static void make(Path file) throws IOException {
        Files.deleteIfExists(file);
        try (Arena arena = Arena.ofConfined()) {
            if ((int) MKFIFO.invokeExact(arena.allocateFrom(file.toString()), OWNER_ONLY) != 0) {
                throw new IOException("mkfifo of " + file + " failed");
            }
        } catch (IOException e) {
            throw e;
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Opens one for both directions, so that it is there even when nobody reads. */
    static Fifo open(Path file) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            int descriptor = (int) OPEN.invokeExact(arena.allocateFrom(file.toString()), READ_WRITE_NONBLOCK_CLOEXEC);
            if (descriptor < 0) {
                throw new IOException(file + " cannot be opened");
            }
            return new Fifo(descriptor);
        } catch (IOException e) {
            throw e;
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    int descriptor() {
        return descriptor;
    }

    /** Writes four bytes. If they find no room there is plenty to read already, and that is as good. */
    void put(int value) {
        words.setAtIndex(INT, 0, value);
        var _ = write(Integer.BYTES);
    }

    /** Writes eight bytes; returns false if they find no room. */
    boolean put(int first, int second) {
        words.setAtIndex(INT, 0, first);
        words.setAtIndex(INT, 1, second);
        return write(2 * Integer.BYTES) > 0;
    }

    private long write(long bytes) {
        try {
            return (long) WRITE.invokeExact(descriptor, words, bytes);
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Reads what is there; returns how many bytes, or a negative number if there is nothing. */
    long read(MemorySegment into) {
        try {
            return (long) READ.invokeExact(descriptor, into, into.byteSize());
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Closing twice does nothing. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            var _ = (int) CLOSE.invokeExact(descriptor);
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
