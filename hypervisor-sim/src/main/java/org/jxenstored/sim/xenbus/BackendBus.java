package org.jxenstored.sim.xenbus;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jxenstored.hypervisor.HypervisorException;

/**
 * The devices a kernel serves: starts a {@link Backend} for each one a toolstack puts below {@code backend}, ends it
 * when the toolstack removes it.
 *
 * <p>One watch tells it of all devices, and one more for each device of its frontend. What an event costs does not
 * grow with the number of devices: only the first look, and one after lost events, lists them.
 */
public final class BackendBus implements Driver {
    static final String ROOT = "backend";

    private static final Logger LOG = System.getLogger(BackendBus.class.getName());

    private final BackendManner manner;
    private final TreeMap<BackendId, Backend> backends = new TreeMap<>();

    public BackendBus(BackendManner manner) {
        this.manner = manner;
    }

    @Override
    public void start(Xenbus xenbus) {
        var _ = xenbus.watch(ROOT, path -> fired(xenbus, path));
    }

    private void fired(Xenbus xenbus, String path) throws HypervisorException {
        String[] names = path.split("/", -1);
        switch (names.length) {
            case 1 -> lookAtAll(xenbus);
            case 2 -> lookForMissing(xenbus, names[1]);
            case 3 -> lookAtGuest(xenbus, names[1], names[2]);
            default -> {
                Optional<BackendId> device = BackendId.of(names[1], names[2], names[3]);
                if (device.isPresent() && (names.length == 4 || matters(device.get(), names[4]))) {
                    look(xenbus, device.get(), names.length == 4 || !names[4].equals("state"));
                }
            }
        }
    }

    private boolean matters(BackendId device, String name) {
        return switch (name) {
            case "state", "online" -> true;
            case "frontend" -> !backends.containsKey(device);
            default -> false;
        };
    }

    private void lookAtAll(Xenbus xenbus) throws HypervisorException {
        for (BackendId device : List.copyOf(backends.keySet())) {
            look(xenbus, device, true);
        }
        for (DeviceType type : DeviceType.values()) {
            String typePath = ROOT + "/" + type.word();
            for (String guest : Listing.of(xenbus, typePath)) {
                for (String number : Listing.of(xenbus, typePath + "/" + guest)) {
                    Optional<BackendId> device = BackendId.of(type.word(), guest, number);
                    if (device.isPresent() && !backends.containsKey(device.get())) {
                        look(xenbus, device.get(), true);
                    }
                }
            }
        }
    }

    /** New devices have events of their own, so an event of their type matters only to those that have gone. */
    private void lookForMissing(Xenbus xenbus, String type) throws HypervisorException {
        Set<String> guests = Set.copyOf(Listing.of(xenbus, ROOT + "/" + type));
        for (BackendId device : List.copyOf(backends.keySet())) {
            if (device.type().word().equals(type) && !guests.contains(Integer.toString(device.guest()))) {
                look(xenbus, device, true);
            }
        }
    }

    private void lookAtGuest(Xenbus xenbus, String type, String guest) throws HypervisorException {
        Optional<BackendId> first = BackendId.of(type, guest, "0");
        if (first.isPresent()) {
            BackendId last = new BackendId(first.get().type(), first.get().guest(), Integer.MAX_VALUE);
            for (BackendId device :
                    List.copyOf(backends.subMap(first.get(), true, last, true).keySet())) {
                look(xenbus, device, true);
            }
        }
    }

    /** Looks at a device's state, and if need be at more. */
    private void look(Xenbus xenbus, BackendId device, boolean wholly) throws HypervisorException {
        Backend known = backends.get(device);
        DeviceNodes nodes = new DeviceNodes(xenbus, device.directory());
        Optional<XenbusState> found = nodes.state();
        if (known != null && (found.isEmpty() || known.isReplaced(found.get()))) {
            if (!known.end()) {
                return;
            }
            backends.remove(device);
            known = null;
        }
        if (found.isEmpty()) {
            return;
        }
        if (known == null) {
            begin(device, nodes, found.get());
        } else {
            Backend present = known;
            guarded(device, present, () -> present.obey(found.get(), wholly));
        }
    }

    private void begin(BackendId device, DeviceNodes nodes, XenbusState found) throws HypervisorException {
        Optional<String> frontend = nodes.text("frontend");
        if (frontend.isEmpty()) {
            return;
        }
        DeviceNodes frontendNodes = new DeviceNodes(nodes.xenbus(), frontend.get());
        Backend backend = new Backend(device, nodes, frontendNodes, manner);
        backends.put(device, backend);
        guarded(device, backend, () -> backend.begin(found, _ -> guarded(device, backend, backend::followFrontend)));
    }

    private static void guarded(BackendId device, Backend backend, DeviceStep step) {
        step.orElse(problem -> {
            LOG.log(Level.DEBUG, "the backend closes " + device + " of domain " + device.guest(), problem);
            backend.note("closes " + device + ": " + problem.getMessage());
            backend.leave(XenbusState.CLOSED);
        });
    }
}
