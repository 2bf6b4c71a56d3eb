package org.jxenstored.sim.host;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jxenstored.protocol.RingPage;

/** Where the pages of a host come from. Called under the host's lock. */
@FunctionalInterface
public interface HostMemory {
    /** The memory of this process; the garbage collector frees it. */
    HostMemory OF_THIS_PROCESS = (_, pages) -> Arena.ofAuto().allocate((long) pages * RingPage.SIZE, RingPage.SIZE);

    /**
     * The next pages, full of zeros. They stay as long as anything shows them.
     *
     * @param firstFrame the machine frame number of the first one: each page of a host has one of its own, from 0 upwards
     * @throws java.io.UncheckedIOException if there is no more memory
     */
    MemorySegment take(long firstFrame, int pages);
}
