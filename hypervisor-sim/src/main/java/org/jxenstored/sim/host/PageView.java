package org.jxenstored.sim.host;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.function.Consumer;

/**
 * A page as one user sees it: access after {@link #close} throws {@link IllegalStateException}.
 *
 * <p>Implementation note: each view has an arena of its own, so whoever unmaps takes the page away from nobody else.
 */
final class PageView {
    private final Arena arena = Arena.ofShared();
    private final MemorySegment bytes;

    @SuppressWarnings("restricted") // the view's size is that of the page, and the page is held
    PageView(MemorySegment page) {
        bytes = page.reinterpret(arena, new Hold(page));
    }

    /** Does nothing; as long as the view is open, the collector finds the page through it. */
    private record Hold(MemorySegment page) implements Consumer<MemorySegment> {
        @Override
        public void accept(MemorySegment view) {}
    }

    MemorySegment bytes() {
        return bytes;
    }

    void close() {
        arena.close();
    }
}
