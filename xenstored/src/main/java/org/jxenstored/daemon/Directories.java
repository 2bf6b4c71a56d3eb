package org.jxenstored.daemon;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Where the daemon's files live (S-RUN-5).
 *
 * @param run sockets and state that a reboot may lose
 * @param lib traces and memory reports; made when something is written there
 * @param ownerOnly true if nobody but this user may look into {@code run}
 */
public record Directories(Path run, Path lib, boolean ownerOnly) {
    /** Makes the run directory, and in it a private one for the hypervisor backend of this name. */
    Path prepare(String hypervisor) throws IOException {
        SafeDirectory.ensure(run, ownerOnly);
        Path ofBackend = run.resolve(hypervisor);
        SafeDirectory.ensure(ofBackend, true);
        return ofBackend;
    }
}
