package org.jxenstored.sim.xenbus;

import java.util.function.Consumer;
import org.jxenstored.client.RequestFailedException;
import org.jxenstored.hypervisor.HypervisorException;

/** What a driver does for one device. */
@FunctionalInterface
interface DeviceStep {
    void run() throws HypervisorException;

    /**
     * Does it. What goes wrong with one device is no reason for a kernel to panic.
     *
     * @param close what is done instead; gets the reason
     */
    default void orElse(Consumer<Exception> close) {
        try {
            run();
        } catch (RequestFailedException | HypervisorException problem) {
            close.accept(problem);
        }
    }
}
