package org.jxenstored.benchmarks.load;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** Binds the calling thread to one processor, by sched_setaffinity of Linux. */
public final class Cpu {
    private static final int SET_BYTES = 128;

    @SuppressWarnings("restricted")
    private static final MethodHandle SET_AFFINITY = Linker.nativeLinker()
            .downcallHandle(
                    Linker.nativeLinker().defaultLookup().findOrThrow("sched_setaffinity"),
                    FunctionDescriptor.of(
                            ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.ADDRESS));

    private Cpu() {}

    /** From now on this thread runs on processor number {@code cpu} only. */
    public static void bind(int cpu) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment set = arena.allocate(SET_BYTES);
            set.set(ValueLayout.JAVA_BYTE, cpu / 8, (byte) (1 << (cpu % 8)));
            int failed = (int) SET_AFFINITY.invokeExact(0, (long) SET_BYTES, set);
            if (failed != 0) {
                throw new IllegalStateException("this thread may not run on processor " + cpu);
            }
        } catch (Error | RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }
}
