package org.jxenstored.xen.device;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jxenstored.xen.foreign.SystemCalls;

/** A line of text that the kernel shows as a file. */
public final class TextFile {
    private static final int MOST = 256;

    private TextFile() {}

    /** What it says, without white space around it; empty if it cannot be read. */
    public static Optional<String> read(SystemCalls kernel, String path) {
        int descriptor = kernel.open(path, SystemCalls.O_RDONLY | SystemCalls.O_CLOEXEC);
        if (descriptor < 0) {
            return Optional.empty();
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment line = arena.allocate(MOST);
            int count = kernel.read(descriptor, line, MOST);
            return count < 0
                    ? Optional.empty()
                    : Optional.of(
                            new String(line.asSlice(0, count).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.US_ASCII)
                                    .strip());
        } finally {
            kernel.close(descriptor);
        }
    }
}
