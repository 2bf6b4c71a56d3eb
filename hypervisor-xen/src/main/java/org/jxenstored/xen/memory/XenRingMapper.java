package org.jxenstored.xen.memory;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.jxenstored.hypervisor.DomainState;
import org.jxenstored.hypervisor.DomainState.Capability;
import org.jxenstored.hypervisor.DomainStates;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.hypervisor.MappedRing;
import org.jxenstored.hypervisor.OwnRing;
import org.jxenstored.hypervisor.RingMapper;
import org.jxenstored.xen.XenOptions;
import org.jxenstored.xen.foreign.SystemCalls;

/** Ring pages mapped by this process. A device is opened when the first page needs it. */
public final class XenRingMapper implements RingMapper, AutoCloseable {
    private static final Logger LOG = System.getLogger(XenRingMapper.class.getName());

    private final SystemCalls kernel;
    private final DomainStates domains;
    private final XenOptions options;
    private @Nullable Grants grants;
    private @Nullable ForeignMemory foreign;

    public XenRingMapper(SystemCalls kernel, DomainStates domains, XenOptions options) {
        this.kernel = kernel;
        this.domains = domains;
        this.options = options;
    }

    /** By grant; by frame number if that fails and nothing else was chosen (L-RING-1, L-RING-2). */
    @Override
    public MappedRing map(int domid, long gfn) throws HypervisorException {
        return switch (options.map()) {
            case GRANT -> grants().map(domid, GRANT_XENSTORE);
            case FOREIGN -> foreign().map(domid, gfn);
            case AUTO -> byEither(domid, gfn);
        };
    }

    private MappedRing byEither(int domid, long gfn) throws HypervisorException {
        try {
            return grants().map(domid, GRANT_XENSTORE);
        } catch (HypervisorException noGrant) {
            try {
                MappedRing ring = foreign().map(domid, gfn);
                LOG.log(Level.DEBUG, "mapped by frame number {0}: {1}", gfn, noGrant.getMessage());
                return ring;
            } catch (HypervisorException noFrame) {
                LOG.log(Level.DEBUG, "not mapped by frame number either: {0}", noFrame.getMessage());
                throw noGrant;
            }
        }
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
        Optional<OwnPage> page = OwnPage.find(kernel, options.ownRing());
        if (page.isEmpty()) {
            LOG.log(Level.INFO, "this domain's own kernel has no ring page for the store");
        }
        return page.map(own -> new OwnRing(ownDomid(), own.port(), own.ring()));
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
        if (grants != null) {
            grants.close();
        }
        if (foreign != null) {
            foreign.close();
        }
    }
}
