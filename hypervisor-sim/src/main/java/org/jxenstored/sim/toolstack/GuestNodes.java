package org.jxenstored.sim.toolstack;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jxenstored.client.NodeOperations;
import org.jxenstored.protocol.Access;
import org.jxenstored.protocol.Domid;
import org.jxenstored.protocol.NodePath;
import org.jxenstored.protocol.Permission;
import org.jxenstored.protocol.Value;
import org.jxenstored.sim.guest.ShutdownRequest;
import org.jxenstored.sim.host.SimDomain;

/**
 * The store nodes of one guest, with the names and permissions libxl gives them (lifecycle.md 3 step 6).
 *
 * <p>Three subtrees: the guest's home, which it may read and in parts write; {@code /vm/UUID}, which it may read;
 * {@code /libxl/N}, which is the toolstack's own.
 */
final class GuestNodes {
    private final SimDomain guest;
    private final String home;
    private final String vm;
    private final String libxl;
    private final UUID uuid;
    private final boolean servesDevices;
    private final List<Permission> guestReads;
    private final List<Permission> guestOwns;
    private final List<Permission> toolstackOnly = List.of(new Permission(Access.NONE, Domid.DOM0));

    /**
     * @param servesDevices true for a driver domain, which also gets what a small toolstack inside of it needs
     */
    GuestNodes(SimDomain guest, UUID uuid, boolean servesDevices) {
        int domid = guest.domid();
        this.guest = guest;
        this.uuid = uuid;
        this.servesDevices = servesDevices;
        this.home = NodePath.homeOf(domid);
        this.vm = "/vm/" + uuid;
        this.libxl = "/libxl/" + domid;
        this.guestReads = List.of(new Permission(Access.NONE, Domid.DOM0), new Permission(Access.READ, domid));
        this.guestOwns = List.of(new Permission(Access.NONE, domid));
    }

    /** Path of a node in the guest's home. */
    String inHome(String relative) {
        return home + "/" + relative;
    }

    /** The three subtrees, for people. */
    String roots() {
        return home + ", " + libxl + ", /vm/UUID";
    }

    /** Throws away what a predecessor with this domid left and makes all nodes, inside one transaction. */
    void create(NodeOperations store, String name) {
        removeHome(store);
        directory(store, home, guestReads);
        directory(store, libxl, toolstackOnly);
        createVm(store, name);
        value(store, inHome("vm"), vm, guestReads);
        value(store, inHome("name"), name, guestReads);
        value(store, inHome("domid"), Integer.toString(guest.domid()), guestReads);
        createResources(store);
        for (String readOnly : List.of("device", "control", "store")) {
            directory(store, inHome(readOnly), guestReads);
        }
        for (String own : guestsOwn()) {
            directory(store, inHome(own), guestOwns);
        }
        createControl(store);
        value(store, inHome("store/port"), Integer.toString(guest.storePort()), guestReads);
        value(store, inHome("store/ring-ref"), Long.toString(guest.storeGfn()), guestReads);
        value(store, libxl + "/type", guest.config().type().name().toLowerCase(Locale.ROOT), toolstackOnly);
    }

    private List<String> guestsOwn() {
        List<String> own =
                new ArrayList<>(List.of("data", "drivers", "feature", "attr", "error", "device/suspend/event-channel"));
        if (servesDevices) {
            own.addAll(List.of("libxl", "device-model"));
        }
        return own;
    }

    /** A directory in which a stub domain tells of its device model. */
    void createDeviceModel(NodeOperations store, int target) {
        directory(store, inHome("device-model/" + target), guestOwns);
    }

    /** Makes what stays the same over all lives of the guest, for this one to read. */
    void createVm(NodeOperations store, String name) {
        removeVm(store);
        directory(store, vm, guestReads);
        value(store, vm + "/name", name, guestReads);
        value(store, vm + "/uuid", uuid.toString(), guestReads);
    }

    /** Changes the name in both places, unless the guest was destroyed meanwhile; inside one transaction. */
    void rename(NodeOperations store, String name) {
        for (String place : List.of(inHome("name"), vm + "/name")) {
            if (store.exists(place)) {
                store.write(place, Value.of(name));
            }
        }
    }

    private void createResources(NodeOperations store) {
        directory(store, inHome("cpu"), guestReads);
        for (int vcpu = 0; vcpu < guest.config().vcpus(); vcpu++) {
            directory(store, inHome("cpu/" + vcpu), guestReads);
            value(store, inHome("cpu/" + vcpu + "/availability"), "online", guestReads);
        }
        String kib = Long.toString(guest.config().memoryMib() * 1024L);
        directory(store, inHome("memory"), guestReads);
        value(store, inHome("memory/static-max"), kib, guestReads);
        value(store, inHome("memory/target"), kib, guestReads);
    }

    private void createControl(NodeOperations store) {
        directory(store, inHome("control/shutdown"), guestOwns);
        directory(store, inHome("control/sysrq"), guestOwns);
        for (String feature : ShutdownRequest.features()) {
            directory(store, inHome("control/" + feature), guestOwns);
        }
        value(store, inHome("control/platform-feature-multiprocessor-suspend"), "1", guestReads);
        value(store, inHome("control/platform-feature-xs_reset_watches"), "1", guestReads);
    }

    /** Removes the guest's home and what the toolstack noted of it (L-KILL-5). */
    void removeHome(NodeOperations store) {
        removeIfPresent(store, home);
        removeIfPresent(store, libxl);
    }

    /** Removes the rest of it (L-KILL-5). */
    void removeVm(NodeOperations store) {
        removeIfPresent(store, vm);
    }

    private static void removeIfPresent(NodeOperations store, String subtree) {
        if (store.exists(subtree)) {
            store.remove(subtree);
        }
    }

    private static void directory(NodeOperations store, String path, List<Permission> permissions) {
        store.mkdir(path);
        store.setPermissions(path, permissions);
    }

    private static void value(NodeOperations store, String path, String text, List<Permission> permissions) {
        store.write(path, Value.of(text));
        store.setPermissions(path, permissions);
    }
}
