package org.jxenstored.sim.host;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jxenstored.protocol.RingPage;

/**
 * The memory of a host, page by page. All calls are made under the host's lock.
 *
 * <p>Implementation note: pages come from chunks that the garbage collector frees, so a page lives as long as
 * anything that shows it; a page that is given back is used again.
 */
final class PagePool {
    private static final int PAGES_IN_A_CHUNK = 16;

    private final Deque<MemorySegment> free = new ArrayDeque<>();

    /** A page full of zeros. */
    MemorySegment take() {
        if (free.isEmpty()) {
            MemorySegment chunk = Arena.ofAuto().allocate((long) PAGES_IN_A_CHUNK * RingPage.SIZE, RingPage.SIZE);
            for (long page = 0; page < PAGES_IN_A_CHUNK; page++) {
                free.addLast(chunk.asSlice(page * RingPage.SIZE, RingPage.SIZE));
            }
            return free.removeFirst();
        }
        return free.removeFirst().fill((byte) 0);
    }

    /** Takes a page back that nobody shows any more. */
    void giveBack(MemorySegment page) {
        free.addFirst(page);
    }
}
