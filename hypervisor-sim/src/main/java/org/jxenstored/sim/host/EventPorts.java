package org.jxenstored.sim.host;

import java.util.List;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.protocol.Errno;

/**
 * The event channels of one domain, for its kernel, its processes and a toolstack that prepares it.
 *
 * <p>A port that is closed is no error for {@link #signal}, {@link #unmask} and {@link #close}, which may come
 * late; the other calls answer it with {@link IllegalArgumentException}.
 */
public final class EventPorts {
    /** Ports a domain can have, as with Xen's FIFO event channels; port 0 is never used. */
    public static final int MAX = 131_072;

    private final SimHost host;
    private final HostLock lock;
    private final SimDomain owner;
    private final TreeMap<Integer, Port> ports = new TreeMap<>();
    private final FreeNumbers numbers = new FreeNumbers(1, MAX - 1);

    EventPorts(SimHost host, SimDomain owner) {
        this.host = host;
        this.lock = host.lock();
        this.owner = owner;
    }

    /** Opens a port that waits for another domain to bind it; returns its number. */
    public int allocateUnbound(int remoteDomid) throws HypervisorException {
        return lock.call(() -> {
            owner.life.requireAlive();
            return open(new Port.Unbound(remoteDomid)).number;
        });
    }

    /**
     * Connects to an unbound port of another domain, or of this one; returns the new port, which is pending.
     *
     * @throws HypervisorException EINVAL if that port does not wait for this domain (L-RING-4)
     */
    public int bindInterdomain(int remoteDomid, int remotePort) throws HypervisorException {
        return lock.call(() -> {
            owner.life.requireAlive();
            Port end = host.require(remoteDomid).ports().ports.get(remotePort);
            if (end == null || !end.binding.equals(new Port.Unbound(owner.domid()))) {
                throw new HypervisorException(
                        Errno.EINVAL,
                        "port " + remotePort + " of domain " + remoteDomid + " does not wait for domain "
                                + owner.domid() + ": allocate an unbound port for it first");
            }
            Port port = open(new Port.Interdomain(end));
            end.binding = new Port.Interdomain(port);
            host.notes().storeBinds(host.require(remoteDomid), owner, remotePort);
            // What the other side signalled while it was unbound went nowhere, so the new end starts pending.
            setPending(port);
            return port.number;
        });
    }

    /** Binds VIRQ_DOM_EXC: EBUSY if another domain handles it, EEXIST if it is bound (L-VIRQ-4); returns the port. */
    public int bindDomainException() throws HypervisorException {
        return lock.call(() -> {
            owner.life.requireAlive();
            return host.exceptions().bind(owner, host.list()).number;
        });
    }

    /** Signals the other end of a port, if it has one. */
    public void signal(int port) {
        lock.run(() -> {
            Port found = ports.get(port);
            if (found != null && found.binding instanceof Port.Interdomain(Port remote)) {
                setPending(remote);
            }
        });
    }

    /**
     * Says who takes the events of a port.
     *
     * @param maskedWhenTaken true if the port is masked whenever an event is taken, as Linux does for its user
     *     space; {@link #unmask} then lets it fire again
     */
    public void handle(int port, boolean maskedWhenTaken, Upcall upcall) {
        lock.run(() -> {
            Port found = get(port);
            found.upcall = upcall;
            found.maskedWhenTaken = maskedWhenTaken;
            announce(found);
        });
    }

    /** Keeps a port from firing; what comes meanwhile makes it pending. */
    public void mask(int port) {
        lock.run(() -> {
            get(port).masked = true;
        });
    }

    /** Lets a port fire again; at once if it became pending meanwhile. */
    public void unmask(int port) {
        lock.run(() -> {
            Port found = ports.get(port);
            if (found != null) {
                found.masked = false;
                announce(found);
            }
        });
    }

    public boolean isPending(int port) {
        return lock.call(() -> get(port).pending);
    }

    /** True if the port is open and connected to another one. */
    public boolean isConnected(int port) {
        return lock.call(() -> {
            Port found = ports.get(port);
            return found != null && found.binding instanceof Port.Interdomain;
        });
    }

    /** Closes a port; its other end waits for this domain again. */
    public void close(int port) {
        lock.run(() -> {
            Port found = ports.remove(port);
            if (found == null) {
                return;
            }
            numbers.free(port);
            if (found.binding instanceof Port.Interdomain(Port remote)) {
                remote.binding = new Port.Unbound(owner.domid());
            }
            found.binding = new Port.Closed();
            found.pending = false;
            host.exceptions().closed(found);
        });
    }

    // ---- inside the host, under its lock

    boolean exists(int port) {
        return ports.containsKey(port);
    }

    /** A new port with the lowest free number. */
    Port open(Port.Binding binding) throws HypervisorException {
        OptionalInt number = numbers.take();
        if (number.isEmpty()) {
            throw new HypervisorException(Errno.ENOSPC, owner + " has no free event channel port: close one first");
        }
        Port port = new Port(owner, number.getAsInt(), binding);
        ports.put(port.number, port);
        return port;
    }

    void closeAll() {
        List.copyOf(ports.keySet()).forEach(this::close);
    }

    /** Announces what became pending while the domain could not hear it. */
    void announceAll() {
        ports.values().forEach(this::announce);
    }

    /** Sets the pending bit; only the step from clear to set is announced (L-VIRQ-1). */
    static void setPending(Port port) {
        if (!port.pending) {
            port.pending = true;
            port.owner.ports().announce(port);
        }
    }

    private void announce(Port port) {
        if (port.canFire()) {
            Notification notification = new Notification(lock, port);
            lock.afterwards(() -> host.notifications().execute(notification));
        }
    }

    private Port get(int number) {
        Port port = ports.get(number);
        if (port == null) {
            throw new IllegalArgumentException("domain " + owner.domid() + " has no port " + number);
        }
        return port;
    }
}
