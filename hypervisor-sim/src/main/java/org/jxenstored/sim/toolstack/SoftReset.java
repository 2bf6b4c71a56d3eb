package org.jxenstored.sim.toolstack;

import java.util.Optional;
import org.jxenstored.hypervisor.DomainState;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.protocol.Errno;
import org.jxenstored.sim.host.ShutdownCode;
import org.jxenstored.sim.host.SimDomain;

/** Starts a guest that asked for it anew in its own domain (L-SUSP-9). */
final class SoftReset {
    private final Means means;
    private final Devices devices;
    private final Creation creation;

    SoftReset(Means means, Devices devices, Creation creation) {
        this.means = means;
        this.devices = devices;
        this.creation = creation;
    }

    /** The domid and the unique id stay; everything in the store is made anew. */
    void run(Guest guest) throws ToolstackException, HypervisorException {
        SimDomain domain = guest.domain();
        DomainState state = domain.state();
        if (!state.shutdown() || state.shutdownCode() != ShutdownCode.SOFT_RESET) {
            throw new ToolstackException(
                    Errno.EBUSY, guest + " did not ask for a soft reset: only a kernel that starts another one does");
        }
        domain.pause();
        means.tellsStore(guest, "RELEASE " + domain.domid());
        means.store().release(domain.domid());
        if (guest.deviceModel().isPresent()) {
            guest.deviceModel().get().stop();
            guest.setDeviceModel(Optional.empty());
        }
        devices.remove(guest);
        domain.softReset();
        means.load(Kernels.booting(guest));
        creation.introduce(guest);
        creation.addDevices(guest);
        guest.revived();
        domain.unpause();
    }
}
