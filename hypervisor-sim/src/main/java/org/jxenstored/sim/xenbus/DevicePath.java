package org.jxenstored.sim.xenbus;

import org.jxenstored.protocol.NodePath;

/** Where a device's nodes are, as libxl puts them; without a slash at the end. */
public final class DevicePath {
    private DevicePath() {}

    /** The frontend's directory, in the guest's home. */
    public static String frontend(int guest, DeviceId device) {
        return NodePath.homeOf(guest) + "/device/" + device.type().word() + "/" + device.number();
    }

    /** The backend's directory, in its own domain's home. */
    public static String backend(int backendDomid, int guest, DeviceId device) {
        return NodePath.homeOf(backendDomid) + "/backend/" + device.type().word() + "/" + guest + "/" + device.number();
    }

    /** The toolstack's own directory. */
    public static String toolstack(int guest, DeviceId device) {
        return "/libxl/" + guest + "/device/" + device.type().word() + "/" + device.number();
    }
}
