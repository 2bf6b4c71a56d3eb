package org.jxenstored.sim.machine;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jxenstored.sim.SimulatedMachine;

/**
 * The socket on which daemons reach the machine, and the one thread that serves them.
 *
 * <p>A daemon that was killed is taken leave of before the next one is let in, however fast that comes: else it would find
 * the event channels of the dead one still bound.
 */
final class DaemonGate implements AutoCloseable {
    private static final Logger LOG = System.getLogger(DaemonGate.class.getName());

    private final Path socket;
    private final SimulatedMachine machine;
    private final ServerSocketChannel listener;
    private final Selector selector;
    private final Dom0News dom0;
    private final Thread thread;
    private final Set<DaemonProcess> daemons = new LinkedHashSet<>();
    private volatile boolean closed;

    private DaemonGate(Path socket, SimulatedMachine machine, ServerSocketChannel listener, Selector selector) {
        this.socket = socket;
        this.machine = machine;
        this.listener = listener;
        this.selector = selector;
        this.dom0 = new Dom0News(machine.dom0());
        this.thread = Thread.ofPlatform().daemon().name("hypercalls").unstarted(this::serve);
    }

    /** Opens it, for this user only; a socket that is there belonged to a machine that is no more. */
    static DaemonGate open(Path socket, SimulatedMachine machine) throws IOException {
        Files.deleteIfExists(socket);
        ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        var _ = listener.bind(UnixDomainSocketAddress.of(socket));
        Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
        var _ = listener.configureBlocking(false);
        Selector selector = Selector.open();
        var _ = listener.register(selector, SelectionKey.OP_ACCEPT);
        DaemonGate gate = new DaemonGate(socket, machine, listener, selector);
        gate.thread.start();
        return gate;
    }

    private void serve() {
        try {
            while (!closed) {
                var _ = selector.select();
                selector.selectedKeys().clear();
                readAll();
                welcome();
                daemons.forEach(DaemonProcess::flush);
            }
            leaveAll();
        } catch (IOException | RuntimeException broken) {
            LOG.log(Level.ERROR, "no daemon is served any more", broken);
            leaveAll();
        }
    }

    private void readAll() {
        for (DaemonProcess daemon : List.copyOf(daemons)) {
            if (!daemon.read()) {
                daemons.remove(daemon);
            }
        }
    }

    private void welcome() throws IOException {
        List<SocketChannel> come = new ArrayList<>();
        for (SocketChannel next = listener.accept(); next != null; next = listener.accept()) {
            come.add(next);
        }
        if (!come.isEmpty()) {
            // What ended before these came has ended by now, but may have been asked before it did.
            readAll();
        }
        for (SocketChannel channel : come) {
            daemons.add(DaemonProcess.welcome(channel, selector, machine, dom0));
        }
    }

    private void leaveAll() {
        daemons.forEach(DaemonProcess::end);
        daemons.clear();
    }

    @Override
    public void close() throws IOException {
        closed = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        selector.close();
        listener.close();
        dom0.close();
        Files.deleteIfExists(socket);
    }
}
