package org.jxenstored.benchmarks.machine;

import java.io.IOException;

/** Makes a domain known to the daemon. */
@FunctionalInterface
public interface Introducer {
    /**
     * INTRODUCE.
     *
     * @param gfn the frame of the domain's ring page
     * @param port the domain's event channel port
     * @throws IOException if the daemon refuses, with the error's name
     */
    void introduce(int domid, long gfn, int port) throws IOException;
}
