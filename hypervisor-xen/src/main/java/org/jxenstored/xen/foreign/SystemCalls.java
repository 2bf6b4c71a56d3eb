package org.jxenstored.xen.foreign;

import java.lang.foreign.MemorySegment;

/** What we ask of the kernel. Each call returns its result or, if it failed, the negative errno. */
public interface SystemCalls {
    int O_RDONLY = 0;
    int O_RDWR = 2;
    int O_NONBLOCK = 0x800;
    int O_CLOEXEC = 0x80000;

    /** A file that became readable, for {@link #poll}. */
    short POLLIN = 1;

    /** Bytes of one entry of {@link #poll}: int descriptor, short asked, short answered. */
    int POLL_ENTRY = 8;

    int EPERM = 1;
    int ENOENT = 2;
    int ESRCH = 3;
    int EINTR = 4;
    int EIO = 5;
    int ENXIO = 6;
    int EAGAIN = 11;
    int EACCES = 13;
    int EBUSY = 16;
    int EEXIST = 17;
    int ENODEV = 19;
    int ENOTTY = 25;
    int EFBIG = 27;
    int ENOSYS = 38;
    int EOPNOTSUPP = 95;

    /** Opens a file, returns its descriptor. */
    int open(String path, int flags);

    int close(int descriptor);

    /** A device's own request; the argument is the address of its struct or NULL. */
    int ioctl(int descriptor, long request, MemorySegment argument);

    /** Maps a file or device, shared, to be read and written; returns the address. */
    long map(int descriptor, long bytes, long offset);

    int unmap(long address, long bytes);

    /** Returns the number of bytes read, 0 at the end. */
    int read(int descriptor, MemorySegment to, int bytes);

    int write(int descriptor, MemorySegment from, int bytes);

    /** Waits without limit until a file is ready; returns how many are. */
    int poll(MemorySegment entries, int count);

    /** A descriptor that is readable after an 8 byte number was written to it. */
    int eventfd();
}
