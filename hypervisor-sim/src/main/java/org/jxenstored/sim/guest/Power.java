package org.jxenstored.sim.guest;

import org.jxenstored.hypervisor.HypervisorException;

/** How a driver ends or suspends the whole kernel. */
interface Power {
    /** Shuts down for good with this {@link org.jxenstored.sim.host.ShutdownCode}. */
    void shutdown(int code) throws HypervisorException;

    /** Suspends; returns when the domain was resumed and the watches are registered anew. */
    void suspend() throws HypervisorException, InterruptedException;

    /** As {@link #suspend} in a while, for those who must not block. */
    void suspendSoon();
}
