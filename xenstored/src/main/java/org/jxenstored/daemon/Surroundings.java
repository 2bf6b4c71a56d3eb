package org.jxenstored.daemon;

import com.sun.security.auth.module.UnixSystem;
import java.nio.file.Path;
import java.util.Map;
import org.jxenstored.protocol.RunDirectory;

/**
 * What the process finds around it when it starts.
 *
 * @param environment the environment variables
 * @param uid who runs the daemon, 0 for root
 * @param temporary the directory for temporary files
 * @param workingDirectory what relative paths are relative to
 */
record Surroundings(Map<String, String> environment, long uid, Path temporary, Path workingDirectory) {
    private static final Path SYSTEM_LIB = Path.of("/var/lib/xen/xenstore");

    /** The surroundings of this process. */
    static Surroundings current() {
        return new Surroundings(
                System.getenv(),
                new UnixSystem().getUid(),
                Path.of(System.getProperty("java.io.tmpdir")),
                Path.of("").toAbsolutePath());
    }

    /** The standard socket (S-RUN-4). */
    Path socket() {
        return workingDirectory.resolve(RunDirectory.socket(environment, uid, temporary));
    }

    /** Where files live; a user who is not root has them all in the run directory. */
    Directories directories() {
        RunDirectory found = RunDirectory.of(environment, uid, temporary);
        Path run = workingDirectory.resolve(found.path());
        boolean named =
                !environment.getOrDefault(RunDirectory.DIRECTORY_VARIABLE, "").isEmpty();
        return new Directories(run, uid == 0 ? SYSTEM_LIB : run, !named);
    }
}
