package org.jxenstored.sim.host;

import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.protocol.Errno;

/** The event channels of one domain. All calls are made under the host's lock. */
final class EventPorts {
    /** Ports a domain can have, as with Xen's two-level event channels; port 0 is never used. */
    static final int MAX = 4096;

    private final HostLock lock;
    private final Executor notifications;
    private final SimDomain owner;
    private final TreeMap<Integer, Port> ports = new TreeMap<>();

    EventPorts(HostLock lock, Executor notifications, SimDomain owner) {
        this.lock = lock;
        this.notifications = notifications;
        this.owner = owner;
    }

    /** A new port with the lowest free number. */
    Port open(Port.Binding binding) throws HypervisorException {
        int number = 1;
        while (ports.containsKey(number)) {
            number++;
        }
        if (number >= MAX) {
            throw new HypervisorException(
                    Errno.ENOSPC, "domain " + owner.domid() + " has no free event channel port: close one first");
        }
        Port port = new Port(owner, number, binding);
        ports.put(number, port);
        return port;
    }

    /** Connects to a port that was left unbound for this domain (L-RING-4). */
    Port bindInterdomain(SimDomain remote, int remotePort) throws HypervisorException {
        Port end = remote.ports().find(remotePort);
        if (end == null || !end.binding.equals(new Port.Unbound(owner.domid()))) {
            throw new HypervisorException(
                    Errno.EINVAL,
                    "port " + remotePort + " of domain " + remote.domid() + " does not wait for domain " + owner.domid()
                            + ": allocate an unbound port for it first");
        }
        Port port = open(new Port.Interdomain(end));
        end.binding = new Port.Interdomain(port);
        // What the other side signalled while it was unbound went nowhere, so the new end starts pending.
        setPending(port);
        return port;
    }

    @Nullable
    Port find(int number) {
        return ports.get(number);
    }

    /** The port of this number, which the caller must own. */
    Port get(int number) {
        Port port = ports.get(number);
        if (port == null) {
            throw new IllegalArgumentException("domain " + owner.domid() + " has no port " + number);
        }
        return port;
    }

    /** Signals the other end; nothing happens if there is none. */
    void signal(Port port) {
        if (port.binding instanceof Port.Interdomain(Port remote)) {
            setPending(remote);
        }
    }

    /** Sets the pending bit; only the step from clear to set is announced (L-VIRQ-1). */
    void setPending(Port port) {
        if (!port.pending) {
            port.pending = true;
            announce(port);
        }
    }

    void handle(Port port, boolean maskedWhenTaken, Upcall upcall) {
        port.upcall = upcall;
        port.maskedWhenTaken = maskedWhenTaken;
        announce(port);
    }

    void unmask(Port port) {
        port.masked = false;
        announce(port);
    }

    /** Announces what became pending while the domain could not hear it. */
    void announceAll() {
        ports.values().forEach(this::announce);
    }

    /** Closes a port; a connected other end waits for this domain again. */
    void close(Port port) {
        if (port.binding instanceof Port.Interdomain(Port remote)) {
            remote.binding = new Port.Unbound(owner.domid());
        }
        port.binding = new Port.Closed();
        port.pending = false;
        port.upcall = null;
        ports.remove(port.number);
    }

    List<Port> all() {
        return List.copyOf(ports.values());
    }

    private void announce(Port port) {
        if (port.canFire()) {
            Notification notification = new Notification(lock, port);
            lock.afterwards(() -> notifications.execute(notification));
        }
    }
}
