package org.jxenstored.hypervisor;

import org.jxenstored.hypervisor.EventChannels.PendingListener;

/**
 * A descriptor that is readable while ports are pending, for a daemon whose event loop can wait for it.
 *
 * <p>To be used by one thread, the one that calls {@link EventChannels} too. Whoever waits for the descriptor stops that
 * before the backend is closed: the descriptor is the backend's, and its number may soon be another file's.
 */
public interface PendingSource {
    /** What a {@link #read} did. */
    enum Outcome {
        /** Ports were reported; more may be waiting. */
        REPORTED,
        /** No port had fired. */
        NOTHING,
        /** No port will be reported any more; that was logged. */
        BROKEN
    }

    /** The number of the open file; it stays the same. */
    int descriptor();

    /**
     * Reads ports that fired, without waiting, and reports each of them before it returns. It reads no more than some dozens,
     * so that others have their turn; the descriptor stays readable if there are more.
     *
     * <p>Nothing is reported between two calls, not even by {@link EventChannels#bindInterdomain}: the descriptor becomes
     * readable.
     */
    Outcome read(PendingListener listener);
}
