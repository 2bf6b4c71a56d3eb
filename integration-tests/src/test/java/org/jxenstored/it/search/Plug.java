package org.jxenstored.it.search;

import java.util.List;
import java.util.Optional;
import org.jxenstored.hypervisor.DomainState;
import org.jxenstored.hypervisor.DomainStates;
import org.jxenstored.hypervisor.EventChannels;
import org.jxenstored.hypervisor.Hypervisor;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.hypervisor.MappedRing;
import org.jxenstored.hypervisor.OwnRing;
import org.jxenstored.hypervisor.RingMapper;
import org.jxenstored.protocol.RingPage;

/** The hypervisor between the daemon and the machine: it knows when the daemon asks, signals, and lets go of a ring. */
final class Plug implements Hypervisor {
    /** Told of what a daemon does to the machine. */
    interface Observer {
        /** Something happens; the daemon may have been killed just before. Returns false if it was. */
        boolean happens();

        /** It begins to look which domains have died: no request does that. */
        void looksForNews();

        /** The ring of a domain is unmapped. */
        void letsGo(int domid);
    }

    private final Hypervisor xen;
    private final Observer observer;

    Plug(Hypervisor xen, Observer observer) {
        this.xen = xen;
        this.observer = observer;
    }

    @Override
    public Optional<String> boot() {
        return xen.boot();
    }

    @Override
    public DomainStates domains() {
        DomainStates states = xen.domains();
        return new DomainStates() {
            @Override
            public List<DomainState> list() {
                return states.list();
            }

            @Override
            public Optional<DomainState> find(int domid) {
                observer.happens();
                return states.find(domid);
            }

            @Override
            public boolean recordsChanges() {
                return states.recordsChanges();
            }

            @Override
            public List<Integer> takeChanged() {
                observer.looksForNews();
                return states.takeChanged();
            }
        };
    }

    @Override
    public EventChannels eventChannels() {
        EventChannels ports = xen.eventChannels();
        return new EventChannels() {
            @Override
            public void listen(PendingListener listener) {
                ports.listen(listener);
            }

            @Override
            public int bindDomainException() throws HypervisorException {
                return ports.bindDomainException();
            }

            @Override
            public int bindInterdomain(int domid, int remotePort) throws HypervisorException {
                return ports.bindInterdomain(domid, remotePort);
            }

            @Override
            public void signal(int port) {
                if (observer.happens()) {
                    ports.signal(port);
                }
            }

            @Override
            public void unmask(int port) {
                ports.unmask(port);
            }

            @Override
            public void unbind(int port) {
                ports.unbind(port);
            }
        };
    }

    @Override
    public RingMapper rings() {
        RingMapper rings = xen.rings();
        return new RingMapper() {
            @Override
            public MappedRing map(int domid, long gfn) throws HypervisorException {
                return new Ring(domid, rings.map(domid, gfn));
            }

            @Override
            public Optional<OwnRing> ownRing() throws HypervisorException {
                return rings.ownRing();
            }
        };
    }

    @Override
    public void close() {
        xen.close();
    }

    private final class Ring implements MappedRing {
        private final int domid;
        private final MappedRing ring;

        Ring(int domid, MappedRing ring) {
            this.domid = domid;
            this.ring = ring;
        }

        @Override
        public RingPage page() {
            return ring.page();
        }

        @Override
        public void close() {
            observer.letsGo(domid);
            ring.close();
        }
    }
}
