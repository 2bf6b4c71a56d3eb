package org.jxenstored.sim.door;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jxenstored.sim.guest.Entrances;
import org.jxenstored.sim.guest.Kernel;
import org.jxenstored.sim.time.SimTime;

/**
 * The sockets {@code dom<N>.sock} in a directory: whoever connects to one is a program in domain N.
 *
 * <p>A domain whose socket cannot be made lives without; the log says why.
 */
public final class Doors implements Entrances, AutoCloseable {
    private static final Logger LOG = System.getLogger(Doors.class.getName());

    private final Path directory;
    private final SimTime time;
    private final Map<Integer, Door> open = new ConcurrentHashMap<>();

    /** Half of the files this process may have open; the daemon needs some itself. */
    private final long most = maxOpenFiles() / 2;

    /**
     * Removes what an earlier machine left.
     *
     * @param directory exists, private
     */
    public Doors(Path directory, SimTime time) {
        this.directory = directory;
        this.time = time;
        try (DirectoryStream<Path> old = Files.newDirectoryStream(directory, "dom*.sock")) {
            for (Path socket : old) {
                Files.delete(socket);
            }
        } catch (IOException problem) {
            LOG.log(Level.WARNING, "cannot tidy {0}: {1}", directory, problem.getMessage());
        }
    }

    private static long maxOpenFiles() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? system.getMaxFileDescriptorCount()
                : Long.MAX_VALUE;
    }

    /** Where the socket of a domain is. */
    public Path socket(int domid) {
        return directory.resolve("dom" + domid + ".sock");
    }

    @Override
    public void open(Kernel kernel) {
        int domid = kernel.domain().domid();
        if (open.size() >= most) {
            LOG.log(
                    Level.WARNING,
                    "domain {0} cannot be entered: there are {1} sockets for other domains, and this process may not"
                            + " open many more files; raise its limit (ulimit -n)",
                    Integer.toString(domid),
                    Integer.toString(open.size()));
            return;
        }
        close(domid); // first: it removes the socket's name, which is that of the next one
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
