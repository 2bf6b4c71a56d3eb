package org.jxenstored.sim.toolstack;

import java.util.List;
import java.util.Locale;
import org.jxenstored.client.NodeOperations;
import org.jxenstored.protocol.Access;
import org.jxenstored.protocol.Domid;
import org.jxenstored.protocol.Permission;

/** The nodes of one device, as libxl writes them; a device number has three directories. */
final class DeviceNodes {
    private static final String INITIALISING = "1";

    private final Device device;
    private final NodeOperations store;

    DeviceNodes(NodeOperations store, Device device) {
        this.store = store;
        this.device = device;
    }

    /** Each side owns its directory and may read the other's. */
    void create() {
        directory(device.toolstackPath(), owned(Domid.DOM0));
        store.write(device.toolstackPath() + "/frontend", device.frontendPath());
        store.write(device.toolstackPath() + "/backend", device.backendPath());

        List<Permission> ofGuest = shared(device.guest(), device.backend());
        directory(device.frontendPath(), ofGuest);
        frontend("backend", device.backendPath());
        frontend("backend-id", Integer.toString(device.backend()));
        frontend("state", INITIALISING);

        directory(device.backendPath(), shared(device.backend(), device.guest()));
        backend("frontend", device.frontendPath());
        backend("frontend-id", Integer.toString(device.guest()));
        backend("online", "1");
        backend("state", INITIALISING);
        createDetails();
    }

    private void createDetails() {
        String number = Integer.toString(device.id().number());
        switch (device.type()) {
            case VIF -> {
                String mac = String.format(
                        Locale.ROOT,
                        "00:16:3e:%02x:%02x:%02x",
                        device.guest() >> 8,
                        device.guest() & 0xff,
                        device.id().number());
                frontend("handle", number);
                frontend("mac", mac);
                backend("handle", number);
                backend("mac", mac);
            }
            case VBD -> {
                frontend("virtual-device", Integer.toString(device.diskNumber()));
                frontend("device-type", "disk");
                backend("params", "/images/" + device.guest() + "-" + device.diskName());
                backend("mode", "w");
                backend("dev", device.diskName());
            }
        }
    }

    /** Asks the backend to let go; false if its nodes are gone, as after the death of its domain. */
    boolean askToClose() {
        if (!store.exists(device.backendState())) {
            return false;
        }
        store.write(device.backendPath() + "/online", "0");
        store.write(device.backendState(), "5");
        return true;
    }

    /** Removes all three directories, and those above the backend's that became empty. */
    void remove() {
        removeIfPresent(device.frontendPath());
        removeIfPresent(device.toolstackPath());
        removeIfPresent(device.backendPath());
        String end = device.backendHome();
        for (String above = parent(device.backendPath()); !above.equals(end); above = parent(above)) {
            if (!store.exists(above) || !store.directory(above).isEmpty()) {
                return;
            }
            store.remove(above);
        }
    }

    private static String parent(String path) {
        return path.substring(0, path.lastIndexOf('/'));
    }

    private void removeIfPresent(String path) {
        if (store.exists(path)) {
            store.remove(path);
        }
    }

    private void directory(String path, List<Permission> permissions) {
        store.mkdir(path);
        store.setPermissions(path, permissions);
    }

    private void frontend(String name, String text) {
        store.write(device.frontendPath() + "/" + name, text);
    }

    private void backend(String name, String text) {
        store.write(device.backendPath() + "/" + name, text);
    }

    private static List<Permission> owned(int domid) {
        return List.of(new Permission(Access.NONE, domid));
    }

    private static List<Permission> shared(int owner, int reader) {
        return List.of(new Permission(Access.NONE, owner), new Permission(Access.READ, reader));
    }
}
