package org.jxenstored.sim;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jxenstored.hypervisor.BackendCommand;
import org.jxenstored.hypervisor.DaemonAddress;
import org.jxenstored.hypervisor.DomainStates;
import org.jxenstored.hypervisor.EventChannels;
import org.jxenstored.hypervisor.Hypervisor;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.hypervisor.RingMapper;
import org.jxenstored.sim.command.SimCommand;
import org.jxenstored.sim.dom0.Dom0;
import org.jxenstored.sim.dom0.WayToStore;
import org.jxenstored.sim.host.SimDomain;
import org.jxenstored.sim.host.SimHost;
import org.jxenstored.sim.toolstack.Records;

/**
 * What one daemon process in a domain of a {@link SimHost} sees.
 *
 * <p>Closing it is the end of the process: ports are closed, pages unmapped, the host and its guests go on. A
 * daemon that starts again makes a new one on the same host.
 */
public final class SimulatedXen implements Hypervisor {
    private final SimHost host;
    private final Dom0 dom0;
    private final StoreDomain place;
    private final SimDomainStates domains;
    private final SimEventChannels eventChannels;
    private final SimRingMapper rings;
    private final SimCommand command;
    private final Runnable whenClosed;

    /** A daemon in dom0; a Xen with unique ids and a record of changes (4.21 or later). */
    public SimulatedXen(SimHost host) {
        this(host, true);
    }

    /**
     * A daemon in dom0.
     *
     * @param uniqueIds false for a Xen before 4.21: no unique ids and no record of changes
     */
    public SimulatedXen(SimHost host, boolean uniqueIds) {
        this(new Dom0(host, new Records()), host.dom0(), uniqueIds);
    }

    /**
     * A daemon in this domain, with a dom0 that outlives it.
     *
     * @param daemons where it runs: dom0 itself, or a domain with the right to run the store
     */
    public SimulatedXen(Dom0 dom0, SimDomain daemons, boolean uniqueIds) {
        this(dom0, new StoreDomain(daemons, 0), uniqueIds, () -> {});
    }

    /** A daemon in a domain of its own, which boots now; {@link #controlDomainPort} is where dom0 waits for it. */
    public static SimulatedXen inStubDomain(Dom0 dom0, boolean uniqueIds) throws HypervisorException {
        return new SimulatedXen(dom0, StoreDomain.boot(dom0.host()), uniqueIds, () -> {});
    }

    /** The domain that the daemon runs in. */
    public SimDomain daemonsDomain() {
        return place.domain();
    }

    /**
     * A daemon's connection to a host.
     *
     * @param whenClosed ends the host, if it was made for the daemon
     */
    SimulatedXen(Dom0 dom0, StoreDomain place, boolean uniqueIds, Runnable whenClosed) {
        this.host = dom0.host();
        this.dom0 = dom0;
        this.place = place;
        this.domains = new SimDomainStates(host, uniqueIds);
        this.eventChannels = new SimEventChannels(place.domain().ports());
        this.rings = new SimRingMapper(place.domain());
        this.command = new SimCommand(dom0);
        this.whenClosed = whenClosed;
    }

    /** The machine, for tests and for what plays the toolstack. */
    public SimHost host() {
        return host;
    }

    @Override
    public Optional<String> boot() {
        return Optional.of(host.boot());
    }

    /** What runs in the control domain, for tests and for doors into guests. */
    public Dom0 dom0() {
        return dom0;
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
    public OptionalInt controlDomainPort() {
        return place.dom0Port() == 0 ? OptionalInt.empty() : OptionalInt.of(place.dom0Port());
    }

    @Override
    public List<BackendCommand> commands() {
        return List.of(command);
    }

    /** A daemon in a domain of its own is reached through dom0's ring, as a socket does not lead into another domain. */
    @Override
    public void daemonIsServing(DaemonAddress address) {
        boolean inDom0 = place.domain() == host.dom0();
        dom0.daemonIsServing(
                inDom0
                        ? new WayToStore.Socket(address.socket())
                        : new WayToStore.OwnRing(place.domain().domid()));
    }

    @Override
    public void close() {
        whenClosed.run();
        dom0.daemonIsGone();
        eventChannels.close();
        rings.close();
    }
}
