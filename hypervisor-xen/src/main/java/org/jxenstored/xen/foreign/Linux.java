package org.jxenstored.xen.foreign;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;

/** The kernel we run on, through the C library. */
public final class Linux implements SystemCalls {
    private static final int PROT_READ_WRITE = 1 | 2;
    private static final int MAP_SHARED = 1;
    private static final int FOR_EVER = -1;
    private static final int EFD_CLOEXEC = O_CLOEXEC;

    private final NativeFunction open = NativeFunction.ofLibc("open");
    private final NativeFunction close = NativeFunction.ofLibc("close");
    private final NativeFunction ioctl = NativeFunction.ofLibc("ioctl");
    private final NativeFunction mmap = NativeFunction.ofLibc("mmap");
    private final NativeFunction munmap = NativeFunction.ofLibc("munmap");
    private final NativeFunction read = NativeFunction.ofLibc("read");
    private final NativeFunction write = NativeFunction.ofLibc("write");
    private final NativeFunction poll = NativeFunction.ofLibc("poll");
    private final NativeFunction eventfd = NativeFunction.ofLibc("eventfd");

    @Override
    public int open(String path, int flags) {
        try (Arena arena = Arena.ofConfined()) {
            return open.toInt(arena.allocateFrom(path).address(), flags, 0);
        }
    }

    @Override
    public int close(int descriptor) {
        return close.toInt(descriptor, 0, 0);
    }

    @Override
    public int ioctl(int descriptor, long request, MemorySegment argument) {
        try {
            return ioctl.toInt(descriptor, request, argument.address());
        } finally {
            Reference.reachabilityFence(argument);
        }
    }

    @Override
    public long map(int descriptor, long bytes, long offset) {
        return mmap.toAddress(0, bytes, PROT_READ_WRITE, MAP_SHARED, descriptor, offset);
    }

    @Override
    public int unmap(long address, long bytes) {
        return munmap.toInt(address, bytes, 0);
    }

    @Override
    public int read(int descriptor, MemorySegment to, int bytes) {
        try {
            return read.toInt(descriptor, to.address(), bytes);
        } finally {
            Reference.reachabilityFence(to);
        }
    }

    @Override
    public int write(int descriptor, MemorySegment from, int bytes) {
        try {
            return write.toInt(descriptor, from.address(), bytes);
        } finally {
            Reference.reachabilityFence(from);
        }
    }

    @Override
    public int poll(MemorySegment entries, int count) {
        try {
            return poll.toInt(entries.address(), count, FOR_EVER);
        } finally {
            Reference.reachabilityFence(entries);
        }
    }

    @Override
    public int eventfd() {
        return eventfd.toInt(0, EFD_CLOEXEC, 0);
    }
}
