package org.jxenstored.client;

/** A guest's end of the event channel that goes with its ring page. */
public interface RingSignal {
    /** Tells the server that the guest put requests into the page or took replies out. Must not block. */
    void signalServer();

    /**
     * Says what to run each time the server signals this end. Called once, while connecting.
     *
     * <p>The listener may be run on any thread, by several at once, and without need; it never blocks for
     * long. A signal that comes before this call may be lost.
     */
    void onServerSignal(Runnable listener);
}
