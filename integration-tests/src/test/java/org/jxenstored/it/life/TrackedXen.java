package org.jxenstored.it.life;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.jxenstored.hypervisor.BackendCommand;
import org.jxenstored.hypervisor.DaemonAddress;
import org.jxenstored.hypervisor.DomainStates;
import org.jxenstored.hypervisor.EventChannels;
import org.jxenstored.hypervisor.Hypervisor;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.hypervisor.MappedRing;
import org.jxenstored.hypervisor.OwnRing;
import org.jxenstored.hypervisor.RingMapper;
import org.jxenstored.protocol.RingPage;

/**
 * A hypervisor that knows what the daemon has mapped and bound and not given back, and that can keep VIRQ_DOM_EXC from
 * it for a while.
 */
final class TrackedXen implements Hypervisor {
    private final Hypervisor xen;
    private final Set<Ring> mapped = new LinkedHashSet<>();
    private final TreeSet<Integer> bound = new TreeSet<>();
    private int exceptionPort;
    private boolean held;
    private @Nullable Runnable late;

    TrackedXen(Hypervisor xen) {
        this.xen = xen;
    }

    /** Domids of the rings that are mapped, ascending; one that is mapped twice is there twice. */
    List<Integer> mapped() {
        return mapped.stream().map(ring -> ring.domid).sorted().toList();
    }

    /** Ports that are bound, ascending. */
    List<Integer> bound() {
        return List.copyOf(bound);
    }

    /** The port by which VIRQ_DOM_EXC comes. */
    int exceptionPort() {
        return exceptionPort;
    }

    /** VIRQ_DOM_EXC comes late: not before {@link #deliverDomainException}. */
    void holdDomainException() {
        held = true;
    }

    /** VIRQ_DOM_EXC comes now, if it is overdue, and in time again from now on. */
    void deliverDomainException() {
        held = false;
        if (late != null) {
            late.run();
            late = null;
        }
    }

    @Override
    public Optional<String> boot() {
        return xen.boot();
    }

    @Override
    public DomainStates domains() {
        return xen.domains();
    }

    @Override
    public EventChannels eventChannels() {
        return new Ports(xen.eventChannels());
    }

    @Override
    public RingMapper rings() {
        return new Mapper(xen.rings());
    }

    @Override
    public List<BackendCommand> commands() {
        return xen.commands();
    }

    @Override
    public void daemonIsServing(DaemonAddress address) {
        xen.daemonIsServing(address);
    }

    @Override
    public void close() {
        xen.close();
    }

    private final class Ports implements EventChannels {
        private final EventChannels ports;

        Ports(EventChannels ports) {
            this.ports = ports;
        }

        @Override
        public void listen(PendingListener listener) {
            ports.listen(port -> {
                if (held && port == exceptionPort) {
                    late = () -> listener.pending(port);
                } else {
                    listener.pending(port);
                }
            });
        }

        @Override
        public int bindDomainException() throws HypervisorException {
            exceptionPort = track(ports.bindDomainException());
            return exceptionPort;
        }

        @Override
        public int bindInterdomain(int domid, int remotePort) throws HypervisorException {
            return track(ports.bindInterdomain(domid, remotePort));
        }

        private int track(int port) {
            bound.add(port);
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
            bound.remove(port);
            ports.unbind(port);
        }
    }

    private final class Mapper implements RingMapper {
        private final RingMapper mapper;

        Mapper(RingMapper mapper) {
            this.mapper = mapper;
        }

        @Override
        public MappedRing map(int domid, long gfn) throws HypervisorException {
            return new Ring(domid, mapper.map(domid, gfn));
        }

        @Override
        public Optional<OwnRing> ownRing() throws HypervisorException {
            return mapper.ownRing()
                    .map(own -> new OwnRing(own.domid(), own.remotePort(), new Ring(own.domid(), own.ring())));
        }
    }

    private final class Ring implements MappedRing {
        private final int domid;
        private final MappedRing ring;

        Ring(int domid, MappedRing ring) {
            this.domid = domid;
            this.ring = ring;
            mapped.add(this);
        }

        @Override
        public RingPage page() {
            return ring.page();
        }

        @Override
        public void close() {
            mapped.remove(this);
            ring.close();
        }
    }
}
