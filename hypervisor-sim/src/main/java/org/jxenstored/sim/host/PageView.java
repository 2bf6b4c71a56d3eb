package org.jxenstored.sim.host;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;

/**
 * A page as one user sees it: access after {@link #close} throws {@link IllegalStateException}.
 *
 * <p>Implementation note: each view has an arena of its own, so whoever unmaps takes the page away from nobody else.
 */
final class PageView {
    private final Arena arena = Arena.ofShared();
    private final MemorySegment bytes;

    @SuppressWarnings("restricted") // the view's size is that of the page, and its cleanup keeps the page alive
    PageView(MemorySegment page) {
        bytes = page.reinterpret(arena, _ -> Reference.reachabilityFence(page));
    }

    MemorySegment bytes() {
        return bytes;
    }

    void close() {
        arena.close();
    }
}
