package org.jxenstored.sim.door;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jxenstored.protocol.Numbers;
import org.jxenstored.sim.guest.Entrances;
import org.jxenstored.sim.guest.Kernel;
import org.jxenstored.sim.time.SimTime;

/**
 * The sockets {@code dom<N>.sock} in a directory: whoever connects to one is a program in domain N.
 *
 * <p>A domain whose socket cannot be made lives without; the log says why.
 */
public final class Doors implements Entrances, AutoCloseable {
    private static final String PREFIX = "dom";
    private static final String SUFFIX = ".sock";
    private static final String OPEN_FILES = "Max open files";
    private static final Logger LOG = System.getLogger(Doors.class.getName());

    private final Path directory;
    private final SimTime time;
    private final Map<Integer, Door> open = new ConcurrentHashMap<>();

    /** Asked for with the first door, so that a daemon's start does not wait for it. */
    private static final class OpenFiles {
        /** Half of the files this process may have open; the daemon needs some itself. */
        static final long MOST = maxOpenFiles() / 2;
    }

    /**
     * Removes what an earlier machine left.
     *
     * @param directory exists, private
     */
    public Doors(Path directory, SimTime time) {
        this.directory = directory;
        this.time = time;
        try (DirectoryStream<Path> old = Files.newDirectoryStream(directory, Doors::isSocket)) {
            for (Path socket : old) {
                Files.delete(socket);
            }
        } catch (IOException problem) {
            LOG.log(Level.WARNING, "cannot tidy {0}: {1}", directory, problem.getMessage());
        }
    }

    private static boolean isSocket(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.startsWith(PREFIX) && name.endsWith(SUFFIX);
    }

    /** The soft limit, which the JVM raises to the hard one. */
    private static long maxOpenFiles() {
        try (Stream<String> limits = Files.lines(Path.of("/proc/self/limits"))) {
            return limits.filter(line -> line.startsWith(OPEN_FILES))
                    .map(line -> line.substring(OPEN_FILES.length()).strip().split(" +", 2)[0])
                    .map(number -> Numbers.decimal(number, Long.MAX_VALUE))
                    .flatMapToLong(OptionalLong::stream)
                    .findFirst()
                    .orElse(Long.MAX_VALUE);
        } catch (IOException unknown) {
            return Long.MAX_VALUE;
        }
    }

    /** Where the socket of a domain is. */
    public Path socket(int domid) {
        return directory.resolve(PREFIX + domid + SUFFIX);
    }

    @Override
    public void open(Kernel kernel) {
        int domid = kernel.domain().domid();
        // First, as it takes the socket's file with it.
        close(domid);
        if (open.size() >= OpenFiles.MOST) {
            LOG.log(
                    Level.WARNING,
                    "domain {0} cannot be entered: there are {1} sockets for other domains, and this process may not"
                            + " open many more files; raise its limit (ulimit -n)",
                    Integer.toString(domid),
                    Integer.toString(open.size()));
            return;
        }
        try {
            open.put(domid, Door.open(socket(domid), kernel, time));
        } catch (IOException problem) {
            LOG.log(
                    Level.WARNING,
                    "domain {0} cannot be entered: no socket {1}: {2}",
                    domid,
                    socket(domid),
                    problem.getMessage());
        }
    }

    @Override
    public void close(int domid) {
        Door door = open.remove(domid);
        if (door != null) {
            door.close();
        }
    }

    @Override
    public void close() {
        open.keySet().forEach(this::close);
    }
}
