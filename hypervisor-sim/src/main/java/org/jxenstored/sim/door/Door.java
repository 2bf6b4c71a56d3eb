package org.jxenstored.sim.door;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jxenstored.client.XenstoreClient;
import org.jxenstored.sim.guest.Kernel;
import org.jxenstored.sim.time.SimTime;

/** The Unix socket of one domain. */
final class Door implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Door.class.getName());
    private static final Duration BOOT_POLL = Duration.ofMillis(10);

    private final Path socket;
    private final Kernel kernel;
    private final SimTime time;
    private final ServerSocketChannel listener;
    private final Set<DoorSession> sessions = ConcurrentHashMap.newKeySet();

    private Door(Path socket, Kernel kernel, SimTime time, ServerSocketChannel listener) {
        this.socket = socket;
        this.kernel = kernel;
        this.time = time;
        this.listener = listener;
    }

    /** Opens it, for the daemon's user only. */
    static Door open(Path socket, Kernel kernel, SimTime time) throws IOException {
        Files.deleteIfExists(socket);
        ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            var _ = listener.bind(UnixDomainSocketAddress.of(socket));
            Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException failure) {
            listener.close();
            throw failure;
        }
        Door door = new Door(socket, kernel, time, listener);
        kernel.onWatchesReset(door::renewWatches);
        var _ = time.start("door-" + kernel.domain().domid(), door::welcome);
        return door;
    }

    private void welcome() {
        while (listener.isOpen()) {
            try {
                enter(listener.accept());
            } catch (IOException end) {
                LOG.log(Level.DEBUG, "{0}: {1}", socket, String.valueOf(end.getMessage()));
            } catch (InterruptedException end) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void enter(SocketChannel program) throws IOException, InterruptedException {
        Optional<XenstoreClient> store = kernel.store();
        while (store.isEmpty() && listener.isOpen()) {
            time.sleep(BOOT_POLL);
            store = kernel.store();
        }
        if (store.isEmpty() || !store.get().isOpen()) {
            program.close();
            return;
        }
        DoorSession session = new DoorSession(program, store.get());
        sessions.add(session);
        String name = "program-in-" + kernel.domain().domid();
        var _ = time.start(name, () -> {
            session.serveRequests();
            sessions.remove(session);
        });
        var _ = time.start(name + "-events", session::serveEvents);
        if (!listener.isOpen()) {
            session.close();
        }
    }

    /** Not by the kernel's own thread: a program that does not read makes its session wait. */
    private void renewWatches() {
        String name = "watches-in-" + kernel.domain().domid();
        sessions.forEach(session -> {
            var _ = time.start(name, session::renewWatches);
        });
    }

    @Override
    public void close() {
        try {
            listener.close();
            Files.deleteIfExists(socket);
        } catch (IOException problem) {
            LOG.log(Level.WARNING, "cannot remove {0}: {1}", socket, problem.getMessage());
        }
        sessions.forEach(DoorSession::close);
    }
}
