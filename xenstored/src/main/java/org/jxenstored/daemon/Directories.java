package org.jxenstored.daemon;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Where the daemon's files live (S-RUN-5).
 *
 * @param run sockets and state that a reboot may lose
 * @param lib traces and memory reports; made when something is written there
 * @param standard true if {@code run} is one of the standard places, so that nobody else has a say in its mode; false
 *     if the user named it
 */
public record Directories(Path run, Path lib, boolean standard) {
    /**
     * Makes the run directory, and in it a private one for the hypervisor backend of this name.
     *
     * @param passable true if other users have to get to a socket in it
     */
    Path prepare(String hypervisor, boolean passable) throws IOException {
        SafeDirectory.ensure(run, standard, passable);
        Path ofBackend = run.resolve(hypervisor);
        SafeDirectory.ensure(ofBackend, true);
        return ofBackend;
    }
}
