package org.jxenstored.sim;

import java.util.List;
import org.jxenstored.hypervisor.BackendCommand;
import org.jxenstored.hypervisor.DaemonAddress;
import org.jxenstored.hypervisor.DomainStates;
import org.jxenstored.hypervisor.EventChannels;
import org.jxenstored.hypervisor.Hypervisor;
import org.jxenstored.hypervisor.RingMapper;
import org.jxenstored.sim.host.SimHost;
import org.jxenstored.sim.toolstack.SimCommand;

/**
 * What one daemon process in dom0 of a {@link SimHost} sees.
 *
 * <p>Closing it is the end of the process: ports are closed, pages unmapped, the host and its guests go on. A
 * daemon that starts again makes a new one on the same host.
 */
public final class SimulatedXen implements Hypervisor {
    private final SimHost host;
    private final SimDomainStates domains;
    private final SimEventChannels eventChannels;
    private final SimRingMapper rings;
    private final SimCommand command;
    private final Runnable whenClosed;

    /** A Xen with unique ids and a record of changes (4.21 or later). */
    public SimulatedXen(SimHost host) {
        this(host, true);
    }

    /**
     * A daemon's connection to a host.
     *
     * @param uniqueIds false for a Xen before 4.21: no unique ids and no record of changes
     */
    public SimulatedXen(SimHost host, boolean uniqueIds) {
        this(host, uniqueIds, () -> {});
    }

    /**
     * A daemon's connection to a host that was made for it.
     *
     * @param whenClosed ends the host
     */
    SimulatedXen(SimHost host, boolean uniqueIds, Runnable whenClosed) {
        this.host = host;
        this.domains = new SimDomainStates(host, uniqueIds);
        this.eventChannels = new SimEventChannels(host.dom0().ports());
        this.rings = new SimRingMapper(host.dom0());
        this.command = new SimCommand(host);
        this.whenClosed = whenClosed;
    }

    /** The machine, for tests and for what plays the toolstack. */
    public SimHost host() {
        return host;
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
    public List<BackendCommand> commands() {
        return List.of(command);
    }

    @Override
    public void daemonIsServing(DaemonAddress address) {
        command.daemonIsServing(address);
    }

    @Override
    public void close() {
        command.close();
        eventChannels.close();
        rings.close();
        whenClosed.run();
    }
}
