package org.jxenstored.sim.devicemodel;

import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.sim.xenbus.Driver;
import org.jxenstored.sim.xenbus.Xenbus;

/** A device model as a part of a stub domain's kernel. */
final class StubDriver implements Driver {
    private final String directory;
    private final IoreqPages pages;

    StubDriver(int target, IoreqPages pages) {
        this.directory = "device-model/" + target;
        this.pages = pages;
    }

    @Override
    public void start(Xenbus xenbus) throws HypervisorException {
        pages.map();
        String state = directory + "/state";
        xenbus.client().write(state, DeviceModel.RUNNING);
        pages.note("device model state: " + DeviceModel.RUNNING);
        var _ = xenbus.watch(directory, _ -> {
            if (xenbus.client().readIfPresent(state).isEmpty()) {
                pages.release();
            }
        });
    }
}
