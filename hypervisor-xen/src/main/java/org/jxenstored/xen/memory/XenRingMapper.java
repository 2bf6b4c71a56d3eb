package org.jxenstored.xen.memory;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.jxenstored.hypervisor.DomainState;
import org.jxenstored.hypervisor.DomainState.Capability;
import org.jxenstored.hypervisor.DomainStates;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.hypervisor.MappedRing;
import org.jxenstored.hypervisor.OwnRing;
import org.jxenstored.hypervisor.RingMapper;
import org.jxenstored.protocol.Errno;
import org.jxenstored.xen.foreign.SystemCalls;

/** Ring pages mapped by this process. A device is opened when the first page needs it. */
public final class XenRingMapper implements RingMapper, AutoCloseable {
    private static final Logger LOG = System.getLogger(XenRingMapper.class.getName());

    private final SystemCalls kernel;
    private final DomainStates domains;
    private final MapWay way;
    private final OwnRingWay ownWay;
    private final Set<MappedPage> open = new HashSet<>();
    private @Nullable Grants grants;
    private @Nullable ForeignMemory foreign;

    public XenRingMapper(SystemCalls kernel, DomainStates domains, MapWay way, OwnRingWay ownWay) {
        this.kernel = kernel;
        this.domains = domains;
        this.way = way;
        this.ownWay = ownWay;
    }

    /** By grant; by frame number if that fails and nothing else was chosen (L-RING-1, L-RING-2). */
    @Override
    public MappedRing map(int domid, long gfn) throws HypervisorException {
        return kept(
                switch (way) {
                    case GRANT -> grants().map(domid, GRANT_XENSTORE);
                    case FOREIGN -> byFrame(domid, gfn);
                    case AUTO -> byEither(domid, gfn);
                });
    }

    private MappedPage kept(MappedPage page) {
        open.add(page);
        page.whenClosed(() -> open.remove(page));
        return page;
    }

    private MappedPage byEither(int domid, long gfn) throws HypervisorException {
        try {
            return grants().map(domid, GRANT_XENSTORE);
        } catch (HypervisorException noGrant) {
            try {
                MappedPage page = byFrame(domid, gfn);
                LOG.log(Level.DEBUG, () -> "mapped by frame number " + gfn + ": " + noGrant.getMessage());
                return page;
            } catch (HypervisorException noFrame) {
                LOG.log(Level.DEBUG, () -> "not mapped by frame number either: " + noFrame.getMessage());
                throw noGrant;
            }
        }
    }

    /** A guest may well have memory at frame 0, but that is not its ring. */
    private MappedPage byFrame(int domid, long gfn) throws HypervisorException {
        if (gfn == NO_FRAME) {
            throw new HypervisorException(
                    Errno.EINVAL, "the frame number of domain " + domid + "'s ring page is not known");
        }
        return foreign().map(domid, gfn);
    }

    private Grants grants() throws HypervisorException {
        if (grants == null) {
            grants = Grants.open(kernel);
        }
        return grants;
    }

    private ForeignMemory foreign() throws HypervisorException {
        if (foreign == null) {
            foreign = ForeignMemory.open(kernel);
        }
        return foreign;
    }

    @Override
    public Optional<OwnRing> ownRing() throws HypervisorException {
        Optional<OwnPage> found = OwnPage.find(kernel, ownWay);
        if (found.isEmpty()) {
            LOG.log(Level.INFO, "this domain's own kernel has no ring page for the store");
            return Optional.empty();
        }
        MappedPage page = kept(found.get().ring());
        try {
            return Optional.of(new OwnRing(ownDomid(), found.get().port(), page));
        } catch (RuntimeException e) {
            page.close();
            throw e;
        }
    }

    /** The domain that the store runs in (S-RUN-1); 0 is nobody's by right. */
    private int ownDomid() {
        int store = -1;
        int control = -1;
        for (DomainState domain : domains.list()) {
            if (domain.has(Capability.XENSTORE)) {
                store = domain.domid();
            }
            if (control < 0 && domain.has(Capability.CONTROL)) {
                control = domain.domid();
            }
        }
        if (store >= 0) {
            return store;
        }
        if (control >= 0) {
            return control;
        }
        throw new IllegalStateException("Xen names neither a xenstore domain nor a control domain");
    }

    @Override
    public void close() {
        List.copyOf(open).forEach(MappedPage::close);
        if (grants != null) {
            grants.close();
        }
        if (foreign != null) {
            foreign.close();
        }
    }
}
