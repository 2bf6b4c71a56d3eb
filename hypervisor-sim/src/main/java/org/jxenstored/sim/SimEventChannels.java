package org.jxenstored.sim;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.jxenstored.hypervisor.EventChannels;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.sim.host.EventPorts;

/** The event channel device of a domain, opened by one process. */
final class SimEventChannels implements EventChannels {
    private final EventPorts ports;
    private final Set<Integer> bound = ConcurrentHashMap.newKeySet();
    private volatile @Nullable PendingListener listener;

    SimEventChannels(EventPorts ports) {
        this.ports = ports;
    }

    @Override
    public void listen(PendingListener told) {
        listener = told;
    }

    @Override
    public int bindDomainException() throws HypervisorException {
        return open(ports.bindDomainException());
    }

    @Override
    public int bindInterdomain(int domid, int remotePort) throws HypervisorException {
        return open(ports.bindInterdomain(domid, remotePort));
    }

    private int open(int port) {
        PendingListener told = listener;
        if (told == null) {
            throw new IllegalStateException("listen before a port is bound");
        }
        bound.add(port);
        ports.handle(port, true, told::pending);
        return port;
    }

    @Override
    public void signal(int port) {
        ports.signal(port);
    }

    @Override
    public void unmask(int port) {
        ports.unmask(port);
    }

    @Override
    public void unbind(int port) {
        if (bound.remove(port)) {
            ports.close(port);
        }
    }

    void close() {
        Set.copyOf(bound).forEach(this::unbind);
    }
}
