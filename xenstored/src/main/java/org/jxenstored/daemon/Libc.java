package org.jxenstored.daemon;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;

/** The few calls of the C library that the JDK has no name for; Linux only. Loaded when first needed. */
final class Libc {
    private static final Linker LINKER = Linker.nativeLinker();

    private static final MethodHandle SOCKET =
            function("socket", ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
    private static final MethodHandle SENDTO = function(
            "sendto",
            ValueLayout.JAVA_LONG,
            ValueLayout.JAVA_INT,
            ValueLayout.ADDRESS,
            ValueLayout.JAVA_LONG,
            ValueLayout.JAVA_INT,
            ValueLayout.ADDRESS,
            ValueLayout.JAVA_INT);
    private static final MethodHandle OPEN =
            function("open", ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
    private static final MethodHandle DUP2 =
            function("dup2", ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
    private static final MethodHandle CLOSE = function("close", ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
    private static final MethodHandle SETSID = function("setsid", ValueLayout.JAVA_INT);
    private static final MethodHandle CHDIR = function("chdir", ValueLayout.JAVA_INT, ValueLayout.ADDRESS);

    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM_CLOEXEC = 2 | 0x80000;
    private static final int MSG_NOSIGNAL_DONTWAIT = 0x4000 | 0x40;
    private static final int O_RDWR = 2;
    private static final int PATH_OFFSET = 2;
    private static final int PATH_SIZE = 108;

    private Libc() {}

    @SuppressWarnings("restricted") // the descriptors above are those of the C library's manual
    private static MethodHandle function(String name, MemoryLayout result, MemoryLayout... arguments) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name), FunctionDescriptor.of(result, arguments));
    }

    /** Starts a session without a terminal. */
    static void setsid() {
        try {
            int _ = (int) SETSID.invokeExact();
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** Leaves the working directory for {@code /}, so that its file system can be unmounted. */
    static void chdirToRoot() {
        try (Arena arena = Arena.ofConfined()) {
            int _ = (int) CHDIR.invokeExact(arena.allocateFrom("/"));
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** Makes /dev/null of standard input, output and error. */
    static void detachStandardStreams() {
        try (Arena arena = Arena.ofConfined()) {
            int nothing = (int) OPEN.invokeExact(arena.allocateFrom("/dev/null"), O_RDWR);
            for (int standard = 0; standard <= 2; standard++) {
                int _ = (int) DUP2.invokeExact(nothing, standard);
            }
            int _ = (int) CLOSE.invokeExact(nothing);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
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
            int socket = (int) SOCKET.invokeExact(AF_UNIX, SOCK_DGRAM_CLOEXEC, 0);
            long sent = (long) SENDTO.invokeExact(
                    socket,
                    arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes),
                    (long) bytes.length,
                    MSG_NOSIGNAL_DONTWAIT,
                    socketAddress,
                    PATH_OFFSET + path.length);
            int _ = (int) CLOSE.invokeExact(socket);
            return sent == bytes.length;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
