package org.jxenstored.benchmarks.load;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;

/** Binds the calling thread to processors, by sched_setaffinity of Linux. */
public final class Cpu {
    private static final int SET_BYTES = 128;

    @SuppressWarnings("restricted")
    private static final MethodHandle SET_AFFINITY = Linker.nativeLinker()
            .downcallHandle(
                    Linker.nativeLinker().defaultLookup().findOrThrow("sched_setaffinity"),
                    FunctionDescriptor.of(
                            ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.ADDRESS));

    private Cpu() {}

    /** From now on this thread, and what it starts, runs on processor number {@code cpu} only. */
    public static void bind(int cpu) {
        byte[] set = new byte[SET_BYTES];
        set[cpu / 8] = (byte) (1 << (cpu % 8));
        bind(set, "processor " + cpu);
    }

    /** From now on this thread, and what it starts, runs on any processor. */
    public static void release() {
        byte[] set = new byte[SET_BYTES];
        Arrays.fill(set, (byte) 0xff);
        bind(set, "any processor");
    }

    private static void bind(byte[] processors, String what) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment set = arena.allocateFrom(ValueLayout.JAVA_BYTE, processors);
            int failed = (int) SET_AFFINITY.invokeExact(0, (long) SET_BYTES, set);
            if (failed != 0) {
                throw new IllegalStateException("this thread may not run on " + what);
            }
        } catch (Error | RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }
}
