package org.jxenstored.sim.toolstack;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jxenstored.hypervisor.DaemonAddress;
import org.jxenstored.sim.SimulatedXen;
import org.jxenstored.sim.host.SimHost;
import org.jxenstored.sim.time.RealTime;
import org.jxenstored.sim.timeline.Happening;

/** A machine with a {@link TinyDaemon}, and a dom0 that uses it. */
public final class Workshop implements AutoCloseable {
    static final DeathActions PRESERVE = new DeathActions(
            DeathAction.PRESERVE,
            DeathAction.PRESERVE,
            DeathAction.PRESERVE,
            DeathAction.PRESERVE,
            DeathAction.PRESERVE);

    private final RealTime time = new RealTime();
    private final SimHost host = new SimHost(1, time);
    private final SimulatedXen xen = new SimulatedXen(host);
    private final TinyDaemon daemon;

    public Workshop(Path directory) throws IOException {
        daemon = new TinyDaemon(xen, directory.resolve("socket"));
        xen.daemonIsServing(new DaemonAddress(daemon.socket()));
    }

    public SimHost host() {
        return host;
    }

    public SimulatedXen xen() {
        return xen;
    }

    Toolstack toolstack() throws ToolstackException {
        return xen.dom0().toolstack();
    }

    TinyStore store() {
        return daemon.store();
    }

    /** What the store has at this path, empty if nothing. */
    public String text(String path) {
        return daemon.store().text(path).orElse("");
    }

    /** What happened to domains of this name. */
    List<String> timelineOf(String name) {
        return host.timeline().of(name).stream().map(Happening::what).toList();
    }

    @Override
    public void close() throws IOException {
        daemon.close();
        xen.close();
        xen.dom0().close();
        host.close();
        time.close();
    }
}
