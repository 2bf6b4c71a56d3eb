package org.jxenstored.sim.toolstack;

import org.jxenstored.hypervisor.HypervisorException;

/** Starts the device model of an HVM guest. */
final class DeviceModels {
    private final Means means;

    DeviceModels(Means means) {
        this.means = means;
    }

    /** Waits until the device model is ready to serve; does nothing for a guest that needs none. */
    void start(Guest guest) throws ToolstackException, HypervisorException {
        if (guest.config().neededDeviceModel().isPresent()) {
            means.tellsStore(guest, "device model");
        }
    }
}
