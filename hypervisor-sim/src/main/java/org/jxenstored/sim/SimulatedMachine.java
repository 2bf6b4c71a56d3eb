package org.jxenstored.sim;

import java.nio.file.Path;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.sim.dom0.Dom0;
import org.jxenstored.sim.door.Doors;
import org.jxenstored.sim.host.HostMemory;
import org.jxenstored.sim.host.SimHost;
import org.jxenstored.sim.host.XenAge;
import org.jxenstored.sim.time.RealTime;
import org.jxenstored.sim.toolstack.Records;

/** A simulated machine that is switched on, with its dom0 and the doors into its domains. */
public final class SimulatedMachine implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(SimulatedMachine.class.getName());

    private final SimulatorOptions options;
    private final RealTime time;
    private final SimHost host;
    private final Doors doors;
    private final Dom0 dom0;
    private final StoreDomain place;

    private SimulatedMachine(SimulatorOptions options, Path directory, HostMemory memory) throws HypervisorException {
        this.options = options;
        this.time = new RealTime();
        XenAge age = options.uniqueIds() ? XenAge.FROM_4_22 : XenAge.BEFORE_4_21;
        this.host = new SimHost(options.seed(), time, age, memory);
        this.doors = new Doors(directory, time);
        this.dom0 = new Dom0(host, new Records(options.domidReuseTimeout()), doors);
        if (options.dom0Nodes()) {
            dom0.startWithDaemon();
        }
        this.place = options.storeInStubdom() ? StoreDomain.boot(host) : StoreDomain.dom0(host);
    }

    /**
     * Switches one on.
     *
     * @param directory for the sockets into its domains
     * @param memory where its pages come from
     */
    public static SimulatedMachine switchOn(SimulatorOptions options, Path directory, HostMemory memory)
            throws HypervisorException {
        LOG.log(System.Logger.Level.INFO, "Simulated Xen with seed {0}", Long.toString(options.seed()));
        if (options.storeInStubdom()) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "the store has a domain of its own, which may do little, and so may the standard socket: tools need"
                            + " --listen unix:PATH,domid=0 here and XENSTORED_PATH=PATH there");
        }
        return new SimulatedMachine(options, directory, memory);
    }

    public Dom0 dom0() {
        return dom0;
    }

    /** What a daemon sees that starts on this machine; one at a time. */
    public SimulatedXen daemonStarts() {
        return daemonStarts(() -> {});
    }

    /** What the only daemon that this machine is made for sees. */
    SimulatedXen daemonStarts(Runnable whenClosed) {
        return new SimulatedXen(dom0, place, options.uniqueIds(), whenClosed);
    }

    /** Switches it off: all domains are destroyed. */
    @Override
    public void close() {
        doors.close();
        dom0.close();
        host.close();
        time.close();
    }
}
