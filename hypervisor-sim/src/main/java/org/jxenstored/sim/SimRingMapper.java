package org.jxenstored.sim;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jxenstored.hypervisor.DomainState.Capability;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.hypervisor.MappedRing;
import org.jxenstored.hypervisor.OwnRing;
import org.jxenstored.hypervisor.RingMapper;
import org.jxenstored.protocol.RingPage;
import org.jxenstored.sim.host.Mapping;
import org.jxenstored.sim.host.SimDomain;

/** Ring pages mapped by one process of a domain. */
public final class SimRingMapper implements RingMapper {
    private final SimDomain domain;
    private final Set<Ring> open = ConcurrentHashMap.newKeySet();

    SimRingMapper(SimDomain domain) {
        this.domain = domain;
    }

    /** By grant; by frame number if there is no grant and the domain has the right (L-RING-2). */
    @Override
    public Ring map(int domid, long gfn) throws HypervisorException {
        return new Ring(mapping(domid, gfn));
    }

    private Mapping mapping(int domid, long gfn) throws HypervisorException {
        try {
            return domain.mapGrant(domid, GRANT_XENSTORE);
        } catch (HypervisorException noGrant) {
            if (gfn == NO_FRAME) {
                throw noGrant;
            }
            try {
                return domain.mapForeign(domid, gfn);
            } catch (HypervisorException noRight) {
                noGrant.addSuppressed(noRight);
                throw noGrant;
            }
        }
    }

    /** Only in dom0 there is a kernel besides the daemon. */
    @Override
    public Optional<OwnRing> ownRing() {
        return domain.state().has(Capability.HARDWARE)
                ? Optional.of(new OwnRing(domain.domid(), domain.storePort(), new Ring(domain.mapOwnStorePage())))
                : Optional.empty();
    }

    void close() {
        Set.copyOf(open).forEach(Ring::close);
    }

    /** One page that is mapped. */
    public final class Ring implements MappedRing {
        private final Mapping mapping;
        private final RingPage page;

        private Ring(Mapping mapping) {
            this.mapping = mapping;
            this.page = new RingPage(mapping.bytes());
            open.add(this);
        }

        /** Which of the machine's pages it is. */
        public long frame() {
            return mapping.frame();
        }

        @Override
        public RingPage page() {
            return page;
        }

        @Override
        public void close() {
            open.remove(this);
            mapping.close();
        }
    }
}
