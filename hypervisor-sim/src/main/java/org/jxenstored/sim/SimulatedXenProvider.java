package org.jxenstored.sim;

import java.nio.file.Path;
import java.util.Map;
import org.jxenstored.hypervisor.Hypervisor;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.hypervisor.HypervisorProvider;
import org.jxenstored.sim.dom0.Dom0;
import org.jxenstored.sim.door.Doors;
import org.jxenstored.sim.host.SimHost;
import org.jxenstored.sim.host.XenAge;
import org.jxenstored.sim.time.RealTime;
import org.jxenstored.sim.toolstack.Records;

/** Makes the backend {@code sim}: a new simulated host for each daemon. For its options see {@link SimulatorOptions}. */
public final class SimulatedXenProvider implements HypervisorProvider {
    private static final System.Logger LOG = System.getLogger(SimulatedXenProvider.class.getName());

    @Override
    public String name() {
        return "sim";
    }

    @Override
    public Hypervisor open(Map<String, String> given, Path runDirectory) throws HypervisorException {
        SimulatorOptions options = SimulatorOptions.read(given);
        LOG.log(System.Logger.Level.INFO, "Simulated Xen with seed {0}", Long.toString(options.seed()));
        if (options.storeInStubdom()) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "the store has a domain of its own, which may do little, and so may the standard socket: tools need"
                            + " --listen unix:PATH,domid=0 here and XENSTORED_PATH=PATH there");
        }
        RealTime time = new RealTime();
        SimHost host = new SimHost(options.seed(), time, options.uniqueIds() ? XenAge.FROM_4_22 : XenAge.BEFORE_4_21);
        Doors doors = new Doors(runDirectory, time);
        Dom0 dom0 = new Dom0(host, new Records(options.domidReuseTimeout()), doors);
        if (options.dom0Nodes()) {
            dom0.startWithDaemon();
        }
        StoreDomain place = options.storeInStubdom() ? StoreDomain.boot(host) : StoreDomain.dom0(host);
        return new SimulatedXen(dom0, place, options.uniqueIds(), () -> {
            doors.close();
            dom0.close();
            host.close();
            time.close();
        });
    }
}
