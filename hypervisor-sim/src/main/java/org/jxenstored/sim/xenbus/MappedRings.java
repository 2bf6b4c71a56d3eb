package org.jxenstored.sim.xenbus;

import java.util.ArrayList;
import java.util.List;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.sim.host.Mapping;
import org.jxenstored.sim.host.SimDomain;

/** A backend's view of a guest's rings: the mapped pages and the bound port (lifecycle.md 10). */
final class MappedRings implements AutoCloseable {
    private final SimDomain holder;
    private final List<Mapping> mappings = new ArrayList<>(2);
    private int port;
    private boolean closed;

    /**
     * Maps and binds what the guest offers.
     *
     * @throws HypervisorException if Xen refuses any of it; nothing is held then
     */
    MappedRings(SimDomain holder, int guest, List<Integer> references, int guestsPort) throws HypervisorException {
        this.holder = holder;
        try {
            for (int reference : references) {
                mappings.add(holder.mapGrant(guest, reference));
            }
            port = holder.ports().bindInterdomain(guest, guestsPort);
        } catch (HypervisorException refusal) {
            close();
            throw refusal;
        }
        holder.ports().handle(port, false, _ -> answer());
    }

    private synchronized void answer() {
        try {
            if (!closed && Echo.answer(mappings)) {
                holder.ports().signal(port);
            }
        } catch (IllegalStateException destroyed) {
            // Xen has unmapped the pages: this domain is being destroyed.
            closed = true;
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        holder.ports().close(port);
        mappings.forEach(Mapping::close);
    }
}
