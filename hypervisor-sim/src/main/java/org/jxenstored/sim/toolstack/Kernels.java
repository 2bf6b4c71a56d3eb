package org.jxenstored.sim.toolstack;

import org.jxenstored.sim.guest.GuestKernel;
import org.jxenstored.sim.host.GuestProgram;
import org.jxenstored.sim.host.SimDomain;

/** Chooses what runs in a guest. */
final class Kernels {
    private Kernels() {}

    /** A kernel that boots. */
    static GuestProgram booting(SimDomain domain, KernelKind kind) {
        return switch (kind) {
            case ORDINARY, DRIVER_DOMAIN, STUCK_DRIVER_DOMAIN, BARE -> new GuestKernel(domain);
        };
    }

    /** A kernel that wakes up in a new domain (L-SUSP-8). */
    static GuestProgram restored(SimDomain domain, KernelKind kind) {
        return booting(domain, kind);
    }
}
