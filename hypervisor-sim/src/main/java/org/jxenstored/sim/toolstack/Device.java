package org.jxenstored.sim.toolstack;

import org.jxenstored.protocol.NodePath;
import org.jxenstored.sim.xenbus.DeviceId;
import org.jxenstored.sim.xenbus.DevicePath;
import org.jxenstored.sim.xenbus.DeviceType;

/**
 * A device of a guest and where its nodes are.
 *
 * @param guest domid of the frontend
 * @param backend domid of the backend
 */
record Device(DeviceId id, int guest, int backend) {
    /** xvda in the numbers of Linux: major 202, minor 0. */
    private static final int FIRST_DISK = 202 << 8;

    /** Each disk has room for its partitions. */
    private static final int DISK_STEP = 16;

    DeviceType type() {
        return id.type();
    }

    String frontendPath() {
        return DevicePath.frontend(guest, id);
    }

    String backendPath() {
        return DevicePath.backend(backend, guest, id);
    }

    /** Of both ends the backend's state is what a toolstack follows. */
    String backendState() {
        return backendPath() + "/state";
    }

    String toolstackPath() {
        return DevicePath.toolstack(guest, id);
    }

    /** The home of the backend's domain. */
    String backendHome() {
        return NodePath.homeOf(backend);
    }

    /** For people: {@code vif 0 of domain 1}. */
    String label() {
        return id + " of domain " + guest;
    }

    /** The number of a block device. */
    int diskNumber() {
        return FIRST_DISK + id.number() * DISK_STEP;
    }

    /** What the guest calls its disk. */
    String diskName() {
        return "xvd" + (char) ('a' + id.number());
    }
}
