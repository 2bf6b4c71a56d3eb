package org.jxenstored.daemon;

import org.jxenstored.engine.EngineConfig;
import org.jxenstored.hypervisor.Hypervisor;
import org.jxenstored.listener.Accepted;
import org.jxenstored.listener.EventLoopThread;

/** The store with its connections and rings, as the process starts and stops it. */
public interface StoreServer extends AutoCloseable {
    /** Takes the connections of the listeners. */
    Accepted accepted();

    /** Opens the trace file anew (SIGHUP, S-RUN-8). Called from any thread. */
    void reopenTrace();

    /** Closes all connections and rings. Called from any thread; returns when it is done. */
    @Override
    void close();

    /** Makes the server. */
    @FunctionalInterface
    interface Starter {
        /**
         * Introduces the domains that exist (S-RUN-2) and is ready for connections then.
         *
         * @param config what the user wants
         * @param engine what the engine is told
         * @param hypervisor open; the caller closes it after the server
         * @param loop the thread that everything runs on; the caller ends it after the server
         * @throws StartException with a message for people
         */
        StoreServer start(DaemonConfig config, EngineConfig engine, Hypervisor hypervisor, EventLoopThread loop)
                throws StartException;
    }
}
