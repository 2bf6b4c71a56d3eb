package org.jxenstored.sim.host;

import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jxenstored.protocol.RingPage;

/**
 * The memory of a host, page by page. All calls are made under the host's lock.
 *
 * <p>Implementation note: pages come in chunks; a page that is given back is used again.
 */
final class PagePool {
    private static final int PAGES_IN_A_CHUNK = 16;

    private final HostMemory memory;
    private final Deque<HostPage> free = new ArrayDeque<>();
    private long frames;

    PagePool(HostMemory memory) {
        this.memory = memory;
    }

    /** A page full of zeros. */
    HostPage take() {
        if (free.isEmpty()) {
            MemorySegment chunk = memory.take(frames, PAGES_IN_A_CHUNK);
            for (long page = 0; page < PAGES_IN_A_CHUNK; page++) {
                free.addLast(new HostPage(frames + page, chunk.asSlice(page * RingPage.SIZE, RingPage.SIZE)));
            }
            frames += PAGES_IN_A_CHUNK;
            return free.removeFirst();
        }
        HostPage page = free.removeFirst();
        var _ = page.bytes().fill((byte) 0);
        return page;
    }

    /** Takes a page back that nobody shows any more. */
    void giveBack(HostPage page) {
        free.addFirst(page);
    }
}
