package org.jxenstored.sim.toolstack;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jxenstored.protocol.Errno;
import org.jxenstored.protocol.Value;
import org.jxenstored.sim.host.SimDomain;
import org.jxenstored.sim.timeline.Party;
import org.jxenstored.sim.xenbus.DeviceId;
import org.jxenstored.sim.xenbus.DeviceType;
import org.jxenstored.sim.xenbus.XenbusState;

/** Gives devices to a guest and takes them away. */
final class Devices {
    /** How long libxl waits for a backend. */
    static final Duration BACKEND_PATIENCE = Duration.ofSeconds(10);

    private static final String CLOSED = XenbusState.CLOSED.text();

    private final Means means;
    private final Finder finder;

    Devices(Means means, Finder finder) {
        this.means = means;
        this.finder = finder;
    }

    /** Makes the nodes of all devices of the guest's configuration; both drivers take it from there. */
    void add(Guest guest) throws ToolstackException {
        List<Device> devices = resolve(guest);
        guest.setDevices(devices);
        for (Device device : devices) {
            means.tellsStore(guest, "nodes of " + device.label());
            means.inTransaction(transaction -> new DeviceNodes(transaction, device).create());
        }
    }

    private List<Device> resolve(Guest guest) throws ToolstackException {
        Map<DeviceType, Integer> counts = new EnumMap<>(DeviceType.class);
        List<Device> devices = new ArrayList<>();
        for (DeviceConfig wanted : guest.config().devices()) {
            SimDomain backend = finder.require(wanted.backend());
            int index = counts.merge(wanted.type(), 1, Integer::sum) - 1;
            devices.add(new Device(
                    new DeviceId(wanted.type(), index), guest.domain().domid(), backend.domid()));
        }
        return devices;
    }

    /** Waits until every backend has taken notice of its device. */
    void awaitBackends(Guest guest) throws ToolstackException {
        List<Device> devices = guest.devices();
        if (devices.isEmpty()) {
            return;
        }
        try (Patience patience = means.patience(BACKEND_PATIENCE)) {
            devices.forEach(device -> patience.watch(device.backendState()));
            if (!patience.until(() -> devices.stream().noneMatch(this::isUntouched))) {
                Device waiting =
                        devices.stream().filter(this::isUntouched).findFirst().orElse(devices.getFirst());
                throw new ToolstackException(
                        Errno.EIO,
                        "no backend in domain " + waiting.backend() + " took " + waiting.label() + " within "
                                + BACKEND_PATIENCE.toSeconds()
                                + " s: is it running, and was it created with --driver-domain?");
            }
        }
    }

    private boolean isUntouched(Device device) {
        return stateOf(device).equals(XenbusState.INITIALISING.text());
    }

    private String stateOf(Device device) {
        return means.store()
                .readIfPresent(device.backendState())
                .map(Value::text)
                .orElse(CLOSED);
    }

    /** Asks all backends to let go, waits, and removes the nodes; those that do not answer lose theirs by force. */
    void remove(Guest guest) throws ToolstackException {
        List<Device> devices = guest.devices();
        if (devices.isEmpty()) {
            return;
        }
        List<Device> asked = askToClose(guest, devices);
        try (Patience patience = means.patience(BACKEND_PATIENCE)) {
            asked.forEach(device -> patience.watch(device.backendState()));
            if (!patience.until(() -> asked.stream().allMatch(this::isClosed))) {
                asked.stream()
                        .filter(device -> !isClosed(device))
                        .forEach(device -> means.note(
                                guest,
                                Party.TOOLSTACK,
                                Party.TOOLSTACK,
                                "backend " + device.label() + " does not answer: its nodes go by force"));
            }
        }
        means.inTransaction(transaction -> devices.forEach(device -> new DeviceNodes(transaction, device).remove()));
        guest.setDevices(List.of());
    }

    private List<Device> askToClose(Guest guest, List<Device> devices) {
        List<Device> asked = new ArrayList<>();
        for (Device device : devices) {
            means.tellsStore(guest, "backend " + device.label() + ": online 0, state " + XenbusState.CLOSING);
            boolean[] there = new boolean[1];
            means.inTransaction(transaction -> there[0] = new DeviceNodes(transaction, device).askToClose());
            if (there[0]) {
                asked.add(device);
            }
        }
        return asked;
    }

    private boolean isClosed(Device device) {
        return stateOf(device).equals(CLOSED);
    }
}
