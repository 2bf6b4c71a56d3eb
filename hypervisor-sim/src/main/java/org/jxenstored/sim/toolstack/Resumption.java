package org.jxenstored.sim.toolstack;

import org.jxenstored.hypervisor.DomainState;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.protocol.Errno;
import org.jxenstored.sim.host.ShutdownCode;

/** Lets a suspended guest go on in its own domain (L-SUSP-5). */
final class Resumption {
    private final Means means;

    Resumption(Means means) {
        this.means = means;
    }

    /** First the hypervisor, then the store: in between the guest can shut down again (L-SUSP-6). */
    void run(Guest guest) throws ToolstackException, HypervisorException {
        DomainState state = guest.domain().state();
        if (!state.shutdown() || state.shutdownCode() != ShutdownCode.SUSPEND || state.isDead()) {
            throw new ToolstackException(
                    Errno.EBUSY, guest + " is not suspended: 'sim suspend " + guest.name() + "' does that");
        }
        guest.domain().resume();
        means.tellsStore(guest, "RESUME " + guest.domain().domid());
        means.store().resume(guest.domain().domid());
    }
}
