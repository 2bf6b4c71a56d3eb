package org.jxenstored.sim.remote;

import org.jxenstored.hypervisor.EventChannels;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.hypervisor.Obstacle;
import org.jxenstored.protocol.Errno;

/** The event channel device of the daemon's domain. */
final class RemoteChannels implements EventChannels {
    private final MachineLink link;

    RemoteChannels(MachineLink link) {
        this.link = link;
    }

    @Override
    public void listen(PendingListener listener) {
        link.listen(listener);
    }

    @Override
    public int bindDomainException() throws HypervisorException {
        try {
            return port(new Call.BindDomainException());
        } catch (HypervisorException refused) {
            if (refused.errno() == Errno.EEXIST || refused.errno() == Errno.EBUSY) {
                throw new HypervisorException(Obstacle.ALREADY_SERVED, String.valueOf(refused.getMessage()));
            }
            throw refused;
        }
    }

    @Override
    public int bindInterdomain(int domid, int remotePort) throws HypervisorException {
        return port(new Call.BindInterdomain(domid, remotePort));
    }

    private int port(Call call) throws HypervisorException {
        return switch (link.askFor(call)) {
            case Told.Port(int port) -> port;
            case Told other -> throw RemoteDomains.unexpected(call, other);
        };
    }

    @Override
    public void signal(int port) {
        link.say(new Call.Signal(port));
    }

    @Override
    public void unmask(int port) {
        link.say(new Call.Unmask(port));
    }

    @Override
    public void unbind(int port) {
        link.say(new Call.Unbind(port));
    }
}
