package org.jxenstored.sim.toolstack;

import org.jxenstored.sim.devicemodel.DeviceModel;
import org.jxenstored.sim.guest.GuestKernel;
import org.jxenstored.sim.host.SimDomain;
import org.jxenstored.sim.xenbus.BackendManner;

/** Chooses what runs in a guest. */
final class Kernels {
    private Kernels() {}

    /** A kernel that boots. */
    static GuestKernel booting(Guest guest) {
        SimDomain domain = guest.domain();
        if (guest.target().isPresent()) {
            return DeviceModel.stubdomain(domain, guest.target().get().domain().domid());
        }
        return switch (guest.config().kernel()) {
            case ORDINARY -> new GuestKernel(domain);
            case DRIVER_DOMAIN -> GuestKernel.driverDomain(domain, BackendManner.GOOD);
            case STUCK_DRIVER_DOMAIN -> GuestKernel.driverDomain(domain, BackendManner.STUCK);
            case BARE -> GuestKernel.bare(domain);
        };
    }

    /** A kernel that wakes up in a new domain (L-SUSP-8); one that cannot be asked to suspend boots. */
    static GuestKernel restored(Guest guest) {
        return guest.config().kernel() == KernelKind.ORDINARY ? GuestKernel.restored(guest.domain()) : booting(guest);
    }
}
