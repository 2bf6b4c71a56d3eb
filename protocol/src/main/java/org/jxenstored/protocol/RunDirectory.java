package org.jxenstored.protocol;

import java.nio.file.Path;
import java.util.Map;

/**
 * Where a daemon keeps its socket and pid file, and where clients look for them (clients.md section 4).
 *
 * <p>A pure function of the environment: nothing here looks at the disk. The order is {@code
 * XENSTORED_RUNDIR}; for root {@value #SYSTEM}; for anybody else {@code $XDG_RUNTIME_DIR/xenstored}, or
 * without that variable {@code <temporary directory>/xenstored-<uid>}. A variable that is set but empty
 * counts as not set.
 *
 * @param path the directory
 * @param inSharedPlace true if others can create entries beside it; whoever uses the directory must then
 *     make sure that it belongs to this user and has mode 0700
 */
public record RunDirectory(Path path, boolean inSharedPlace) {
    /** The directory of a daemon that root started. */
    public static final String SYSTEM = "/var/run/xenstored";

    /** Names the socket itself, whatever the run directory is. */
    public static final String SOCKET_VARIABLE = "XENSTORED_PATH";

    /** Names the run directory. */
    public static final String DIRECTORY_VARIABLE = "XENSTORED_RUNDIR";

    private static final String USER_RUNTIME_VARIABLE = "XDG_RUNTIME_DIR";

    /**
     * The run directory of this user.
     *
     * @param environment the process's environment variables
     * @param uid the user's number, 0 for root
     * @param temporary the directory for temporary files, usually {@code java.io.tmpdir}
     */
    public static RunDirectory of(Map<String, String> environment, long uid, Path temporary) {
        String named = environment.getOrDefault(DIRECTORY_VARIABLE, "");
        if (!named.isEmpty()) {
            return new RunDirectory(Path.of(named), false);
        }
        if (uid == 0) {
            return new RunDirectory(Path.of(SYSTEM), false);
        }
        String runtime = environment.getOrDefault(USER_RUNTIME_VARIABLE, "");
        return runtime.isEmpty()
                ? new RunDirectory(temporary.resolve("xenstored-" + uid), true)
                : new RunDirectory(Path.of(runtime).resolve("xenstored"), false);
    }

    /** The socket in this directory. */
    public Path socket() {
        return path.resolve("socket");
    }

    /** The socket of this user: {@code XENSTORED_PATH}, else the one in the run directory. */
    public static Path socket(Map<String, String> environment, long uid, Path temporary) {
        String named = environment.getOrDefault(SOCKET_VARIABLE, "");
        return named.isEmpty() ? of(environment, uid, temporary).socket() : Path.of(named);
    }
}
