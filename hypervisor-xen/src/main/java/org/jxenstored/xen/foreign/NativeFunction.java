package org.jxenstored.xen.foreign;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.Optional;

/**
 * A C function of at most six integers and pointers that tells failure by errno.
 *
 * <p>On x86-64 and AArch64 Linux integers of all sizes and pointers travel alike, one register each, and a function
 * does not look at registers it has no parameter for. So one shape does for all functions; making a shape costs a slow
 * machine a large part of its start-up.
 */
public final class NativeFunction {
    private static final Linker LINKER = Linker.nativeLinker();

    private static final StructLayout STATE = Linker.Option.captureStateLayout();

    private static final VarHandle ERRNO = STATE.varHandle(PathElement.groupElement("errno"));

    private static final MethodHandle CALL = call();

    /** Where a thread's last errno is kept: the C library's own one may change before we come to look. */
    private static final ThreadLocal<MemorySegment> LAST =
            ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(STATE));

    private final MemorySegment address;

    private NativeFunction(MemorySegment address) {
        this.address = address;
    }

    @SuppressWarnings("restricted") // every function that is looked up below fits into this shape
    private static MethodHandle call() {
        MemoryLayout register = ValueLayout.JAVA_LONG;
        return LINKER.downcallHandle(
                FunctionDescriptor.of(register, register, register, register, register, register, register),
                Linker.Option.captureCallState("errno"));
    }

    /** The function of this name, empty if the library has none. */
    public static Optional<NativeFunction> find(SymbolLookup library, String name) {
        return library.find(name).map(NativeFunction::new);
    }

    /** A function of the C library. */
    static NativeFunction ofLibc(String name) {
        return new NativeFunction(LINKER.defaultLookup().findOrThrow(name));
    }

    /** Calls a function whose result is an int or a ssize_t: what it returns, or for -1 its negative errno. */
    public int toInt(long a, long b, long c, long d, long e, long f) {
        int result = (int) call(a, b, c, d, e, f);
        return result == -1 ? -errno() : result;
    }

    /** As {@link #toInt(long, long, long, long, long, long)}, with fewer arguments. */
    public int toInt(long a, long b, long c) {
        return toInt(a, b, c, 0, 0, 0);
    }

    /** Calls a function whose result is an address: what it returns, or for NULL and -1 its negative errno. */
    public long toAddress(long a, long b, long c, long d, long e, long f) {
        long result = call(a, b, c, d, e, f);
        return result == 0 || result == -1 ? -errno() : result;
    }

    private long call(long a, long b, long c, long d, long e, long f) {
        try {
            return (long) CALL.invokeExact(address, LAST.get(), a, b, c, d, e, f);
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Why the last call of this thread failed; a library that does not say must not seem to have succeeded. */
    private static int errno() {
        int errno = (int) ERRNO.get(LAST.get(), 0L);
        return errno == 0 ? SystemCalls.EIO : errno;
    }
}
