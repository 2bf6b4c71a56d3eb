package org.jxenstored.sim.host;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jxenstored.protocol.RingPage;

/**
 * One page of a domain's memory.
 *
 * <p>Implementation note: the memory has one arena, and every user has an arena of its own with a view of it.
 * Whoever unmaps closes only the own view, so the next access through it throws {@link IllegalStateException}
 * at once; the memory itself is freed when the last user is gone, so no view can ever point to freed memory.
 */
final class GuestPage {
    private final Arena memory = Arena.ofShared();
    private final MemorySegment bytes = memory.allocate(RingPage.SIZE, RingPage.SIZE);
    private final SimDomain owner;
    private final long gfn;
    private final View owners;
    private int users;

    /** A view of a page; access after {@link #close} throws {@link IllegalStateException}. */
    static final class View {
        private final Arena arena = Arena.ofShared();
        private final MemorySegment bytes;

        @SuppressWarnings("restricted") // the view's size is that of the page, and the page outlives the view
        private View(MemorySegment page) {
            bytes = page.reinterpret(arena, null);
        }

        MemorySegment bytes() {
            return bytes;
        }

        void close() {
            arena.close();
        }
    }

    GuestPage(SimDomain owner, long gfn) {
        this.owner = owner;
        this.gfn = gfn;
        this.owners = map();
    }

    long gfn() {
        return gfn;
    }

    SimDomain owner() {
        return owner;
    }

    /** What the domain itself sees. */
    MemorySegment ownersBytes() {
        return owners.bytes();
    }

    View map() {
        users++;
        return new View(bytes);
    }

    void unmap(View view) {
        view.close();
        users--;
        if (users == 0) {
            memory.close();
            owner.pageFreed(this);
        }
    }

    /** The domain gives the page up; it is freed when nobody else maps it. */
    void release() {
        unmap(owners);
    }
}
