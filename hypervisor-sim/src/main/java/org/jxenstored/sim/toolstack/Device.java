package org.jxenstored.sim.toolstack;

import org.jxenstored.protocol.NodePath;

/**
 * A device of a guest and where its nodes are.
 *
 * @param number the device's id: 0, 1, ... for a vif; the number of a block device for a vbd
 * @param guest domid of the frontend
 * @param backend domid of the backend
 */
record Device(DeviceType type, int number, int guest, int backend) {
    /** xvda in Linux' numbers: major 202, minor 0. */
    private static final int FIRST_DISK = 202 << 8;

    /** Each disk has room for its partitions. */
    private static final int DISK_STEP = 16;

    /** The one with this index among those of its type. */
    static Device of(DeviceType type, int index, int guest, int backend) {
        return new Device(type, type == DeviceType.VIF ? index : FIRST_DISK + index * DISK_STEP, guest, backend);
    }

    String frontendPath() {
        return NodePath.homeOf(guest) + "/device/" + type.word() + "/" + number;
    }

    String backendPath() {
        return backendsOfGuest() + "/" + number;
    }

    /** Where the backend's domain has all devices of this type and guest. */
    String backendsOfGuest() {
        return NodePath.homeOf(backend) + "/backend/" + type.word() + "/" + guest;
    }

    String libxlPath() {
        return "/libxl/" + guest + "/device/" + type.word() + "/" + number;
    }

    /** For people: {@code vif 1/0}. */
    String label() {
        return type.word() + " " + guest + "/" + number;
    }

    /** What the guest calls its disk. */
    String diskName() {
        return "xvd" + (char) ('a' + (number - FIRST_DISK) / DISK_STEP);
    }
}
