package org.jxenstored.sim.xenbus;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.protocol.Domid;

/**
 * The devices of a guest: starts a {@link Frontend} for each one a toolstack puts below {@code device}, ends it when
 * the toolstack removes it.
 *
 * <p>A device needs its nodes {@code backend}, {@code backend-id} and {@code state}; it starts when the last of them
 * appears. One that fails is closed and logged, the others go on.
 */
public final class FrontendBus implements Driver {
    private static final Logger LOG = System.getLogger(FrontendBus.class.getName());
    private static final String ROOT = "device";

    private final Map<DeviceId, Frontend> frontends = new ConcurrentSkipListMap<>();

    /** The driver of this device, if it has started. May be called from any thread. */
    public Optional<Frontend> frontend(DeviceId device) {
        return Optional.ofNullable(frontends.get(device));
    }

    @Override
    public void start(Xenbus xenbus) {
        var _ = xenbus.watch(ROOT, path -> fired(xenbus, path));
    }

    /** Looks only at what the event's path names, so many devices do not make one device slow. */
    private void fired(Xenbus xenbus, String path) throws HypervisorException {
        String[] names = path.split("/", -1);
        switch (names.length) {
            case 1 -> lookAtAll(xenbus);
            case 2 -> lookAtKnown(xenbus, names[1]);
            default -> {
                Optional<DeviceId> device = DeviceId.of(names[1], names[2]);
                if (device.isPresent() && (names.length == 3 || matters(device.get(), names[3]))) {
                    look(xenbus, device.get());
                }
            }
        }
    }

    /** Most nodes are written by this driver itself. */
    private boolean matters(DeviceId device, String name) {
        return name.equals("state") || (name.startsWith("backend") && !frontends.containsKey(device));
    }

    private void lookAtAll(Xenbus xenbus) throws HypervisorException {
        for (DeviceType type : DeviceType.values()) {
            lookAtKnown(xenbus, type.word());
            for (String number : Listing.of(xenbus, ROOT + "/" + type.word())) {
                Optional<DeviceId> device = DeviceId.of(type.word(), number);
                if (device.isPresent() && !frontends.containsKey(device.get())) {
                    look(xenbus, device.get());
                }
            }
        }
    }

    private void lookAtKnown(Xenbus xenbus, String type) throws HypervisorException {
        for (DeviceId device : frontends.keySet()) {
            if (device.type().word().equals(type)) {
                look(xenbus, device);
            }
        }
    }

    private void look(Xenbus xenbus, DeviceId device) throws HypervisorException {
        DeviceNodes nodes = new DeviceNodes(xenbus, ROOT + "/" + device.type().word() + "/" + device.number());
        Optional<XenbusState> found = nodes.state();
        Frontend known = frontends.get(device);
        if (known != null && (found.isEmpty() || known.isReplaced(found.get()))) {
            frontends.remove(device);
            known.end();
            known = null;
        }
        if (known == null && found.isPresent()) {
            begin(device, nodes, found.get());
        }
    }

    private void begin(DeviceId device, DeviceNodes nodes, XenbusState found) throws HypervisorException {
        Optional<String> backend = nodes.text("backend");
        OptionalInt domid = Domid.parse(nodes.text("backend-id").orElse(""));
        if (backend.isEmpty() || domid.isEmpty()) {
            return;
        }
        DeviceNodes backendNodes = new DeviceNodes(nodes.xenbus(), backend.get());
        Frontend frontend = new Frontend(device, nodes, backendNodes, domid.getAsInt());
        frontends.put(device, frontend);
        guarded(device, frontend, () -> frontend.begin(found, _ -> guarded(device, frontend, frontend::followBackend)));
    }

    private static void guarded(DeviceId device, Frontend frontend, DeviceStep step) {
        step.orElse(problem -> {
            LOG.log(Level.DEBUG, "a guest closes its device " + device, problem);
            frontend.note("closes " + device + ": " + problem.getMessage());
            frontend.giveUp();
        });
    }
}
