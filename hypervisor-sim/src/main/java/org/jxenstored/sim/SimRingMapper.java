package org.jxenstored.sim;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.hypervisor.MappedRing;
import org.jxenstored.hypervisor.OwnRing;
import org.jxenstored.hypervisor.RingMapper;
import org.jxenstored.protocol.RingPage;
import org.jxenstored.sim.host.Mapping;
import org.jxenstored.sim.host.SimDomain;

/** Ring pages mapped by one process of a domain; by grant only, as the frame number needs rights that not every host gives. */
final class SimRingMapper implements RingMapper {
    private final SimDomain domain;
    private final Set<Ring> open = ConcurrentHashMap.newKeySet();

    SimRingMapper(SimDomain domain) {
        this.domain = domain;
    }

    @Override
    public MappedRing map(int domid, long gfn) throws HypervisorException {
        return new Ring(domain.mapGrant(domid, GRANT_XENSTORE));
    }

    @Override
    public Optional<OwnRing> ownRing() {
        return Optional.of(new OwnRing(domain.domid(), domain.storePort(), new Ring(domain.mapOwnStorePage())));
    }

    void close() {
        Set.copyOf(open).forEach(Ring::close);
    }

    private final class Ring implements MappedRing {
        private final Mapping mapping;
        private final RingPage page;

        Ring(Mapping mapping) {
            this.mapping = mapping;
            this.page = new RingPage(mapping.bytes());
            open.add(this);
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
