package org.jxenstored.sim.toolstack;

import java.util.Optional;
import org.jxenstored.client.XenstoreException;
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
    private final Destruction destruction;

    SoftReset(Means means, Devices devices, Creation creation, Destruction destruction) {
        this.means = means;
        this.devices = devices;
        this.creation = creation;
        this.destruction = destruction;
    }

    /** The domid and the unique id stay; everything in the store is made anew. If that fails, the guest is destroyed. */
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
        try {
            startAnew(guest);
        } catch (ToolstackException | HypervisorException | XenstoreException failure) {
            // The store does not know the domain any more, so nobody would hear of its end.
            end(guest, failure);
            throw failure;
        }
    }

    private void end(Guest guest, Exception why) {
        try {
            destruction.run(guest);
        } catch (ToolstackException | HypervisorException | XenstoreException another) {
            why.addSuppressed(another);
        }
    }

    private void startAnew(Guest guest) throws ToolstackException, HypervisorException {
        SimDomain domain = guest.domain();
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
