package org.jxenstored.xen;

import java.util.Optional;
import org.jxenstored.hypervisor.DomainStates;
import org.jxenstored.hypervisor.EventChannels;
import org.jxenstored.hypervisor.Hypervisor;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.hypervisor.RingMapper;
import org.jxenstored.xen.channel.XenEventChannels;
import org.jxenstored.xen.domain.DomainSources;
import org.jxenstored.xen.domain.XenDomains;
import org.jxenstored.xen.foreign.Libraries;
import org.jxenstored.xen.foreign.SystemCalls;
import org.jxenstored.xen.memory.XenRingMapper;

/** The Xen below this system, as one xenstored uses it. */
final class RealXen implements Hypervisor {
    private final XenEventChannels eventChannels;
    private final XenDomains domains;
    private final XenRingMapper rings;
    private final Optional<String> boot;
    private boolean closed;

    private RealXen(XenEventChannels eventChannels, XenDomains domains, XenRingMapper rings, Optional<String> boot) {
        this.eventChannels = eventChannels;
        this.domains = domains;
        this.rings = rings;
        this.boot = boot;
    }

    /**
     * Connects: first to what only one xenstored can have, so that a second one goes no further.
     *
     * @throws HypervisorException with what stands in the way
     */
    static RealXen open(SystemCalls kernel, Libraries libraries, XenOptions options) throws HypervisorException {
        XenMachine machine = new XenMachine(kernel);
        machine.check();
        XenEventChannels eventChannels = XenEventChannels.open(kernel);
        try {
            XenDomains domains = new DomainSources(libraries, machine::version, System.getProperty("os.arch"))
                    .open(options.domains());
            return new RealXen(
                    eventChannels,
                    domains,
                    new XenRingMapper(kernel, domains, options.map(), options.ownRing()),
                    machine.boot());
        } catch (HypervisorException | RuntimeException e) {
            eventChannels.close();
            throw e;
        }
    }

    @Override
    public DomainStates domains() {
        return domains;
    }

    @Override
    public EventChannels eventChannels() {
        return eventChannels;
    }

    @Override
    public RingMapper rings() {
        return rings;
    }

    @Override
    public Optional<String> boot() {
        return boot;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            eventChannels.close();
            rings.close();
            domains.close();
        }
    }
}
