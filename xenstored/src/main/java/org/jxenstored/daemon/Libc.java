package org.jxenstored.daemon;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalInt;

/**
 * The few calls of the C library that the JDK has no name for; Linux only. Loaded when first needed.
 *
 * <p>All are called in one shape. Integers of all sizes and pointers travel alike on x86-64 and AArch64 Linux, one
 * register each, and a function does not look at registers it has no parameter for; making a shape for each would cost
 * a slow machine a large part of its start-up.
 */
final class Libc {
    private static final Linker LINKER = Linker.nativeLinker();
    private static final MethodHandle CALL = shape();

    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM_CLOEXEC = 2 | 0x80000;
    private static final int MSG_NOSIGNAL_DONTWAIT = 0x4000 | 0x40;
    private static final int O_RDWR = 2;
    private static final int PATH_OFFSET = 2;
    private static final int PATH_SIZE = 108;

    /** Behind two pointers, to name and password. */
    private static final int PASSWD_UID = 16;

    private Libc() {}

    @SuppressWarnings("restricted") // every function that is called below fits into this shape
    private static MethodHandle shape() {
        MemoryLayout register = ValueLayout.JAVA_LONG;
        return LINKER.downcallHandle(
                FunctionDescriptor.of(register, register, register, register, register, register, register));
    }

    private static long call(String function, long... arguments) {
        long[] six = Arrays.copyOf(arguments, 6);
        try {
            return (long) CALL.invokeExact(
                    LINKER.defaultLookup().findOrThrow(function), six[0], six[1], six[2], six[3], six[4], six[5]);
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Starts a session without a terminal. */
    static void setsid() {
        call("setsid");
    }

    /** Leaves the working directory for {@code /}, so that its file system can be unmounted. */
    static void chdirToRoot() {
        try (Arena arena = Arena.ofConfined()) {
            call("chdir", arena.allocateFrom("/").address());
        }
    }

    /** The number of the user with this name; empty if there is none. Not to be called by two threads at once. */
    static OptionalInt uidOf(String name) {
        try (Arena arena = Arena.ofConfined()) {
            long entry = call("getpwnam", arena.allocateFrom(name).address());
            return entry == 0 ? OptionalInt.empty() : OptionalInt.of(uidIn(entry));
        }
    }

    @SuppressWarnings("restricted") // the C library says that there is a struct passwd
    private static int uidIn(long passwd) {
        return MemorySegment.ofAddress(passwd)
                .reinterpret(PASSWD_UID + Integer.BYTES)
                .get(ValueLayout.JAVA_INT, PASSWD_UID);
    }

    /** Makes /dev/null of standard input, output and error. */
    static void detachStandardStreams() {
        try (Arena arena = Arena.ofConfined()) {
            int nothing = (int) call("open", arena.allocateFrom("/dev/null").address(), O_RDWR);
            for (int standard = 0; standard <= 2; standard++) {
                call("dup2", nothing, standard);
            }
            call("close", nothing);
        }
    }

    /**
     * Sends one datagram to a Unix socket, without waiting.
     *
     * @param address a path, or {@code @} and an abstract name; at most 107 bytes
     * @return false if nobody took it
     */
    static boolean sendDatagram(String address, byte[] bytes) {
        byte[] path = address.getBytes(StandardCharsets.UTF_8);
        if (path.length >= PATH_SIZE) {
            return false;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment socketAddress = arena.allocate(PATH_OFFSET + PATH_SIZE, 2);
            socketAddress.set(ValueLayout.JAVA_SHORT, 0, (short) AF_UNIX);
            MemorySegment.copy(path, 0, socketAddress, ValueLayout.JAVA_BYTE, PATH_OFFSET, path.length);
            if (address.startsWith("@")) {
                socketAddress.set(ValueLayout.JAVA_BYTE, PATH_OFFSET, (byte) 0);
            }
            int socket = (int) call("socket", AF_UNIX, SOCK_DGRAM_CLOEXEC);
            long sent = call(
                    "sendto",
                    socket,
                    arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes).address(),
                    bytes.length,
                    MSG_NOSIGNAL_DONTWAIT,
                    socketAddress.address(),
                    PATH_OFFSET + path.length);
            call("close", socket);
            return sent == bytes.length;
        }
    }
}
