package org.jxenstored.sim.dom0;

import java.util.function.Supplier;
import org.jxenstored.client.XenstoreClient;
import org.jxenstored.sim.host.SimHost;
import org.jxenstored.sim.toolstack.DeathWatch;
import org.jxenstored.sim.toolstack.Records;
import org.jxenstored.sim.toolstack.Toolstack;

/**
 * The programs of dom0, as long as one connection to the store lasts.
 *
 * <p>Guests, and the records of them, outlive it: when the connection is lost, the next Dom0 goes on.
 */
public final class Dom0 implements AutoCloseable {
    private final XenstoreClient store;
    private final Toolstack toolstack;
    private final DeathWatch deaths;

    private Dom0(SimHost host, Records records, XenstoreClient store) {
        this.store = store;
        Dom0Nodes.writeIfMissing(store);
        this.toolstack = new Toolstack(host, store, records);
        this.deaths = DeathWatch.start(toolstack);
    }

    /**
     * Starts everything; the calling program waits for the store.
     *
     * @param connections gives the toolstack its own connection to the store
     */
    public static Dom0 start(SimHost host, Records records, Supplier<XenstoreClient> connections) {
        return new Dom0(host, records, connections.get());
    }

    public Toolstack toolstack() {
        return toolstack;
    }

    /** False once the daemon is gone. */
    public boolean isConnected() {
        return store.isOpen();
    }

    @Override
    public void close() {
        deaths.close();
        store.close();
    }
}
