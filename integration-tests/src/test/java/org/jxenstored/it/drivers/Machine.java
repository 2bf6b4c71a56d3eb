package org.jxenstored.it.drivers;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.awaitility.Awaitility;
import org.jxenstored.client.NodeOperations;
import org.jxenstored.client.XenstoreClient;
import org.jxenstored.engine.EngineConfig;
import org.jxenstored.hypervisor.DomainState.Life;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.listener.EventLoopThread;
import org.jxenstored.protocol.Access;
import org.jxenstored.protocol.Domid;
import org.jxenstored.protocol.NodePath;
import org.jxenstored.protocol.Permission;
import org.jxenstored.protocol.Value;
import org.jxenstored.server.XenstoreServer;
import org.jxenstored.sim.SimulatedXen;
import org.jxenstored.sim.guest.Dom0Kernel;
import org.jxenstored.sim.guest.GuestKernel;
import org.jxenstored.sim.host.DomainConfig;
import org.jxenstored.sim.host.Reference;
import org.jxenstored.sim.host.SimDomain;
import org.jxenstored.sim.host.SimHost;
import org.jxenstored.sim.time.RealTime;
import org.jxenstored.sim.timeline.Happening;
import org.jxenstored.sim.xenbus.DeviceId;
import org.jxenstored.sim.xenbus.DevicePath;
import org.jxenstored.sim.xenbus.DeviceType;
import org.jxenstored.sim.xenbus.XenbusState;
import org.jxenstored.trace.Tracer;

/** A simulated machine with the real server and dom0's kernel, whose toolstack is the test. */
final class Machine implements AutoCloseable {
    static final DeviceId VIF = new DeviceId(DeviceType.VIF, 0);
    static final DeviceId VBD = new DeviceId(DeviceType.VBD, 0);

    private static final long SEED = 1;

    private final RealTime time = new RealTime();
    private final SimHost host = new SimHost(SEED, time);
    private final SimulatedXen xen = new SimulatedXen(host);
    private final EventLoopThread loop = EventLoopThread.start();
    private final XenstoreServer server;
    private final Dom0Kernel dom0 = new Dom0Kernel(host.dom0());

    /** What runs in a domain. */
    interface Image {
        GuestKernel of(SimDomain domain);
    }

    Machine(Path directory) throws HypervisorException {
        server = XenstoreServer.start(
                EngineConfig.DEFAULT, xen, loop, new Tracer(Optional.empty(), Set.of(), directory));
        dom0.start();
        Awaitility.await().until(() -> dom0.store().isPresent());
    }

    SimHost host() {
        return host;
    }

    XenstoreClient store() {
        return dom0.store().orElseThrow();
    }

    /** A new guest that does not run yet; only its home is in the store. */
    SimDomain build(DomainConfig config, Image image) throws HypervisorException {
        SimDomain guest = host.createDomain(config);
        int port = guest.prepareStore(Domid.DOM0);
        guest.load(image.of(guest));
        createNodes(guest);
        store().introduce(guest.domid(), guest.storeGfn(), port);
        return guest;
    }

    /** Makes a guest's home, or makes it again. */
    void createNodes(SimDomain guest) {
        int domid = guest.domid();
        store().runInTransaction(transaction -> {
            String home = NodePath.homeOf(domid);
            transaction.mkdir(home);
            transaction.remove(home);
            directory(transaction, home, Domid.DOM0, domid);
            value(transaction, home + "/control/platform-feature-xs_reset_watches", "1", Domid.DOM0, domid);
            for (String own : List.of(
                    "control/shutdown",
                    "control/feature-poweroff",
                    "control/feature-reboot",
                    "control/feature-suspend",
                    "data",
                    "device/suspend/event-channel",
                    "device-model")) {
                directory(transaction, home + "/" + own, domid, Domid.DOM0);
            }
            for (int vcpu = 0; vcpu < guest.config().vcpus(); vcpu++) {
                value(transaction, home + "/cpu/" + vcpu + "/availability", "online", Domid.DOM0, domid);
            }
        });
    }

    /** A guest that runs. */
    SimDomain run(Image image) throws HypervisorException {
        SimDomain guest = build(DomainConfig.SMALL, image);
        guest.unpause();
        return guest;
    }

    /** Gives a guest a device, with libxl's nodes and permissions. */
    void plug(SimDomain guest, SimDomain backend, DeviceId device) {
        store().runInTransaction(transaction -> {
            int front = guest.domid();
            int back = backend.domid();
            String frontend = frontend(guest, device);
            String backendPath = backend(guest, backend, device);
            directory(transaction, frontend, front, back);
            value(transaction, frontend + "/backend", backendPath, front, back);
            value(transaction, frontend + "/backend-id", Integer.toString(back), front, back);
            value(transaction, frontend + "/state", XenbusState.INITIALISING.text(), front, back);
            value(transaction, frontend + "/handle", Integer.toString(device.number()), front, back);
            directory(transaction, backendPath, back, front);
            value(transaction, backendPath + "/frontend", frontend, back, front);
            value(transaction, backendPath + "/frontend-id", Integer.toString(front), back, front);
            value(transaction, backendPath + "/online", "1", back, front);
            value(transaction, backendPath + "/state", XenbusState.INITIALISING.text(), back, front);
        });
    }

    /** Asks the backend to close a device. */
    void unplug(SimDomain guest, SimDomain backend, DeviceId device) {
        store().runInTransaction(transaction -> {
            transaction.write(backend(guest, backend, device) + "/online", "0");
            transaction.write(backend(guest, backend, device) + "/state", XenbusState.CLOSING.text());
        });
    }

    /** Removes both ends' nodes. */
    void removeNodes(SimDomain guest, SimDomain backend, DeviceId device) {
        store().runInTransaction(transaction -> {
            transaction.remove(frontend(guest, device));
            transaction.remove(backend(guest, backend, device));
        });
    }

    private static void directory(NodeOperations store, String path, int owner, int reader) {
        store.mkdir(path);
        store.setPermissions(path, new Permission(Access.NONE, owner), new Permission(Access.READ, reader));
    }

    private static void value(NodeOperations store, String path, String text, int owner, int reader) {
        store.write(path, text);
        store.setPermissions(path, new Permission(Access.NONE, owner), new Permission(Access.READ, reader));
    }

    static String frontend(SimDomain guest, DeviceId device) {
        return DevicePath.frontend(guest.domid(), device);
    }

    static String backend(SimDomain guest, SimDomain backend, DeviceId device) {
        return DevicePath.backend(backend.domid(), guest.domid(), device);
    }

    /** The text of a node, empty text if there is none. */
    String text(String path) {
        return store().readIfPresent(path).map(Value::text).orElse("");
    }

    /** Waits until a node has this text. */
    void awaitText(String path, String text) {
        Awaitility.await(path + " = " + text).until(() -> text(path).equals(text));
    }

    void awaitState(String directory, XenbusState state) {
        awaitText(directory + "/state", state.text());
    }

    /** Waits until both ends of a device are connected. */
    void awaitConnection(SimDomain guest, SimDomain backend, DeviceId device) {
        awaitState(backend(guest, backend, device), XenbusState.CONNECTED);
        awaitState(frontend(guest, device), XenbusState.CONNECTED);
    }

    /** How many pages of a guest's device rings a domain maps. */
    static long ringPagesMapped(SimDomain guest, SimDomain by) {
        Reference map = new Reference(Reference.Kind.GRANT_MAP, by.domid());
        long storeRing = by.domid() == Domid.DOM0 && !isDead(guest) ? 1 : 0;
        return guest.references().stream().filter(map::equals).count() - storeRing;
    }

    boolean exists(SimDomain domain) {
        return host.find(domain.domid()).filter(found -> found == domain).isPresent();
    }

    static boolean isDead(SimDomain domain) {
        return domain.state().life() == Life.DEAD;
    }

    /** What happened in a domain's life, one text for each step. */
    List<String> steps(SimDomain domain) {
        return host.timeline().of(domain.uniqueId()).stream()
                .map(Happening::what)
                .toList();
    }

    @Override
    public void close() {
        dom0.stop();
        server.close();
        xen.close();
        host.close();
        time.close();
        loop.close();
    }
}
