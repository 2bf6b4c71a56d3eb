package org.jxenstored.sim.dom0;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.jxenstored.client.XenstoreClient;
import org.jxenstored.protocol.Errno;
import org.jxenstored.sim.host.SimHost;
import org.jxenstored.sim.toolstack.Records;
import org.jxenstored.sim.toolstack.ToolstackException;

/**
 * Starts dom0's programs when they are first needed, and again when the connection to the daemon was lost.
 *
 * <p>So a store in which nobody asked for domains stays as empty as a new one is.
 */
public final class Dom0Control implements AutoCloseable {
    private final SimHost host;
    private final Records records;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Supplier<XenstoreClient> connections;
    private @Nullable Dom0 running;

    public Dom0Control(SimHost host, Records records) {
        this.host = host;
        this.records = records;
    }

    public SimHost host() {
        return host;
    }

    /** From now on the daemon can be connected to, in this way. */
    public void daemonIsServing(Supplier<XenstoreClient> ways) {
        lock.lock();
        try {
            connections = ways;
        } finally {
            lock.unlock();
        }
    }

    /**
     * The running programs; starts them if necessary, for which the caller waits.
     *
     * @throws ToolstackException EBUSY if the daemon does not serve yet, or not any more
     */
    public Dom0 dom0() throws ToolstackException {
        lock.lock();
        try {
            Dom0 present = running;
            if (present != null && present.isConnected()) {
                return present;
            }
            if (present != null) {
                present.close();
                running = null;
            }
            Supplier<XenstoreClient> ways = connections;
            if (ways == null) {
                throw new ToolstackException(
                        Errno.EBUSY, "the daemon does not serve clients yet: try again in a moment");
            }
            Dom0 started = Dom0.start(host, records, ways);
            running = started;
            return started;
        } finally {
            lock.unlock();
        }
    }

    /** True once somebody needed dom0. */
    public boolean isStarted() {
        lock.lock();
        try {
            return running != null;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the programs; the guests go on. */
    @Override
    public void close() {
        lock.lock();
        try {
            connections = null;
            if (running != null) {
                running.close();
                running = null;
            }
        } finally {
            lock.unlock();
        }
    }
}
