package org.jxenstored.sim.xenbus;

import org.jxenstored.client.TransactionBody;
import org.jxenstored.client.XenstoreClient;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.sim.host.SimDomain;

/**
 * What a kernel gives its drivers: its domain, its connection to the store, and watches that call back.
 *
 * <p>All callbacks of a kernel come one after the other, on one thread, and may block.
 */
public interface Xenbus {
    SimDomain domain();

    XenstoreClient client();

    /** Watches a path and all below it, across suspends, until the result is closed. */
    Registration watch(String path, Handler handler);

    /** Runs a body in a transaction until it can be committed. */
    <T, E extends Exception> T transaction(TransactionBody<T, E> body) throws E;

    /** Called for each event of a watch. */
    @FunctionalInterface
    interface Handler {
        /**
         * Something may have happened there.
         *
         * @param path as in the watch; the watched path itself at first, and whenever events were lost, which
         *     both mean: look at everything below
         */
        void fired(String path) throws HypervisorException, InterruptedException;
    }

    /** A watch of a driver. */
    @FunctionalInterface
    interface Registration {
        /** Ends it: the handler is not called any more. */
        void close();
    }
}
