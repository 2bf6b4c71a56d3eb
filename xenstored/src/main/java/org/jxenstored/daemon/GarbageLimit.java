package org.jxenstored.daemon;

import org.jxenstored.listener.EventLoopThread;

/**
 * Has the heap cleaned when it may hold more garbage than store.
 *
 * <p>The collector of the launcher's choice lets its old generation grow up to the largest heap before it cleans that
 * for the first time: a daemon with a small store would take a quarter of the machine's memory in the course of some
 * months. A cleaning stops the daemon for about 1 ms for each 5000 nodes, so it is worth much garbage.
 */
final class GarbageLimit {
    /** Garbage that is never worth a stop, in bytes: what a store of a million nodes leaves while it is built included. */
    static final long ALLOWANCE = 128L << 20;

    private static final long LOOK_SECONDS = 2;

    /** The heap of this process. */
    interface Heap {
        /** Bytes of all objects, dead ones included. */
        long used();

        /** Removes the dead ones. */
        void clean();
    }

    private final Heap heap;

    /** What was left after the latest cleaning. */
    private long live;

    GarbageLimit(Heap heap) {
        this.heap = heap;
    }

    /** Looks from time to time, as long as the loop runs. */
    static void watchOver(EventLoopThread loop) {
        GarbageLimit limit = new GarbageLimit(new JavaHeap(Runtime.getRuntime()));
        loop.repeat(limit::look, LOOK_SECONDS);
    }

    void look() {
        long used = heap.used();
        if (used > 2 * live + ALLOWANCE) {
            heap.clean();
            live = heap.used();
        } else {
            live = Math.min(live, used);
        }
    }

    private record JavaHeap(Runtime runtime) implements Heap {
        @Override
        public long used() {
            return runtime.totalMemory() - runtime.freeMemory();
        }

        @Override
        public void clean() {
            runtime.gc();
        }
    }
}
