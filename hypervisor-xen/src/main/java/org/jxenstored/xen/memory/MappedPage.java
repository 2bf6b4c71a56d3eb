package org.jxenstored.xen.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jxenstored.hypervisor.MappedRing;
import org.jxenstored.protocol.RingPage;

/**
 * A mapped ring page.
 *
 * <p>Its memory belongs to an arena, so a look at it after {@link #close} throws instead of ending the process. The
 * arena is a shared one: rings belong to the event loop's thread, but what is left at the end is unmapped by another.
 */
final class MappedPage implements MappedRing {
    private final Arena arena = Arena.ofShared();
    private final RingPage page;
    private Runnable whenClosed = () -> {};

    /**
     * @param address where the page is
     * @param unmap what {@link #close} does, once
     */
    @SuppressWarnings("restricted") // the kernel said that there is a page at this address
    MappedPage(long address, Runnable unmap) {
        MemorySegment memory = MemorySegment.ofAddress(address).reinterpret(RingPage.SIZE, arena, _ -> unmap.run());
        this.page = new RingPage(memory);
    }

    /** What {@link #close} does after unmapping. */
    void whenClosed(Runnable work) {
        whenClosed = work;
    }

    @Override
    public RingPage page() {
        return page;
    }

    @Override
    public void close() {
        if (arena.scope().isAlive()) {
            arena.close();
            whenClosed.run();
        }
    }
}
