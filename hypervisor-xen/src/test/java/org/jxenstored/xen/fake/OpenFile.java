package org.jxenstored.xen.fake;

import java.lang.foreign.MemorySegment;

/** What is behind a descriptor; results are as {@link org.jxenstored.xen.foreign.SystemCalls} gives them. */
interface OpenFile {
    int EINVAL = -22;
    int ENOTTY = -25;

    default int request(long number, MemorySegment argument) {
        return ENOTTY;
    }

    default long map(long offset) {
        return EINVAL;
    }

    default int read(MemorySegment to, int bytes) {
        return EINVAL;
    }

    default int write(MemorySegment from, int bytes) {
        return EINVAL;
    }

    default boolean isReadable() {
        return false;
    }

    default void close() {}
}
