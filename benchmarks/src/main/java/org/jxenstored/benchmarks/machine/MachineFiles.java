package org.jxenstored.benchmarks.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where everything of a pretended machine is; {@code benchmarks/peers/xenshim.c} keeps to the same.
 *
 * @param directory what it all lives in, the peers' {@code XENSHIM_DIR}
 */
record MachineFiles(Path directory) {
    /** The domain of a record in {@link #daemonEvents} that is a virtual interrupt; its port is the VIRQ's number. */
    static final int VIRQ = -1;

    static final int VIRQ_DOM_EXC = 3;

    /** Makes the directories that are missing. */
    void make() throws IOException {
        Files.createDirectories(directory.resolve("dom"));
        Files.createDirectories(directory.resolve("ring"));
        Files.createDirectories(directory.resolve("ev"));
    }

    /** One file for each domain; see {@link FileDomains} for what stands in it. */
    Path domains() {
        return directory.resolve("dom");
    }

    Path domain(int domid) {
        return domains().resolve(Integer.toString(domid));
    }

    /** The page that a domain shares with the daemon, as a file to be mapped. */
    Path ring(int domid) {
        return directory.resolve("ring").resolve(Integer.toString(domid));
    }

    /** A fifo for what is signalled to the daemon: records of two words, domid and the domain's port. */
    Path daemonEvents() {
        return directory.resolve("ev").resolve("daemon");
    }

    /** A fifo for what is signalled to a domain: words, each a port of the domain. */
    Path events(int domid) {
        return directory.resolve("ev").resolve(Integer.toString(domid));
    }
}
