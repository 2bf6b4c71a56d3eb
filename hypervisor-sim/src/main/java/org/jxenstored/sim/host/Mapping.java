package org.jxenstored.sim.host;

import java.lang.foreign.MemorySegment;

/** A page of a domain in the address space of another one; keeps its owner from being freed (L-REF-1). */
public final class Mapping implements AutoCloseable {
    private final HostLock lock;
    private final SimDomain holder;
    private final GuestPage page;
    private final GuestPage.View view;
    private boolean closed;

    Mapping(HostLock lock, SimDomain holder, GuestPage page) {
        this.lock = lock;
        this.holder = holder;
        this.page = page;
        this.view = page.map();
    }

    /** The page, {@link org.jxenstored.protocol.RingPage#SIZE} bytes; throws IllegalStateException once unmapped. */
    public MemorySegment bytes() {
        return view.bytes();
    }

    /** Unmaps. Closing twice does nothing. */
    @Override
    public void close() {
        lock.run(() -> {
            if (!closed) {
                closed = true;
                holder.unmapped(this);
                page.unmap(view);
            }
        });
    }
}
