package org.jxenstored.sim.remote;

import java.nio.file.Path;

/**
 * What is in the directory of a machine that is a process of its own; the sockets into its domains are there, too.
 *
 * @param directory of mode 0700
 */
public record MachineFiles(Path directory) {
    /** Where daemons connect. */
    public Path socket() {
        return directory.resolve("machine.sock");
    }

    /** The pages. A machine that is switched on makes a new file, so that nobody's pages change who still maps the old one. */
    public Path memory() {
        return directory.resolve("memory");
    }

    /** Locked as long as a machine runs here. */
    public Path lock() {
        return directory.resolve("lock");
    }
}
