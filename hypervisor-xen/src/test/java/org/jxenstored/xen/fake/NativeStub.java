package org.jxenstored.xen.fake;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;

/** Makes native functions of Java ones, with errno, so that calls of them go the whole way. */
final class NativeStub {
    private static final MemoryLayout REGISTER = ValueLayout.JAVA_LONG;

    private static final FunctionDescriptor SHAPE =
            FunctionDescriptor.of(REGISTER, REGISTER, REGISTER, REGISTER, REGISTER, REGISTER, REGISTER);

    /** Fails without an errno. */
    static final int NO_REASON = 10_000;

    private static final MethodHandle ERRNO_LOCATION = errnoLocation();

    private NativeStub() {}

    /** The Java side: what it returns is the result or, below 0, a negative errno. */
    @FunctionalInterface
    interface Body {
        long call(long a, long b, long c, long d, long e);
    }

    /** What native code calls. */
    interface Called {
        long call(long a, long b, long c, long d, long e, long unused);
    }

    private record Stub(Body body, long failed) implements Called {
        @Override
        public long call(long a, long b, long c, long d, long e, long unused) {
            long result = body.call(a, b, c, d, e);
            if (result >= 0) {
                return result;
            }
            setErrno(result == -NO_REASON ? 0 : (int) -result);
            return failed;
        }
    }

    @SuppressWarnings("restricted") // a function of the C library without arguments
    private static MethodHandle errnoLocation() {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow("__errno_location"), FunctionDescriptor.of(REGISTER));
    }

    @SuppressWarnings("restricted") // the C library says where this thread's errno is
    private static void setErrno(int errno) {
        try {
            long location = (long) ERRNO_LOCATION.invokeExact();
            MemorySegment.ofAddress(location).reinterpret(Integer.BYTES).set(ValueLayout.JAVA_INT, 0, errno);
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** A function that returns -1 when it fails. */
    static MemorySegment ofInt(Body body) {
        return stub(new Stub(body, -1));
    }

    /** A function that returns NULL when it fails. */
    static MemorySegment ofPointer(Body body) {
        return stub(new Stub(body, 0));
    }

    @SuppressWarnings("restricted") // the shape is the one of the method below
    private static MemorySegment stub(Stub stub) {
        try {
            MethodHandle handle = MethodHandles.lookup().bind((Called) stub, "call", SHAPE.toMethodType());
            return Linker.nativeLinker().upcallStub(handle, SHAPE, Arena.global());
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Memory that a caller points to. */
    @SuppressWarnings("restricted") // the address is one that our caller gave us
    static MemorySegment at(long address, long bytes) {
        return MemorySegment.ofAddress(address).reinterpret(bytes);
    }
}
