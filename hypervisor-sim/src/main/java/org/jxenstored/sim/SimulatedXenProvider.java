package org.jxenstored.sim;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.jxenstored.hypervisor.Hypervisor;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.hypervisor.HypervisorProvider;
import org.jxenstored.protocol.Errno;
import org.jxenstored.sim.host.HostMemory;
import org.jxenstored.sim.remote.RemoteXen;

/**
 * Makes the backend {@code sim}: a new simulated host for each daemon, or one that runs as a process of its own. For its
 * options see {@link SimulatorOptions}.
 */
public final class SimulatedXenProvider implements HypervisorProvider {
    /** The option that names the directory of a machine that runs already. */
    private static final String MACHINE = "machine";

    @Override
    public String name() {
        return "sim";
    }

    @Override
    public Hypervisor open(Map<String, String> given, Path runDirectory) throws HypervisorException {
        @Nullable String directory = given.get(MACHINE);
        return directory == null ? ofItsOwn(given, runDirectory) : connect(directory, given);
    }

    private static Hypervisor ofItsOwn(Map<String, String> given, Path runDirectory) throws HypervisorException {
        SimulatedMachine machine =
                SimulatedMachine.switchOn(SimulatorOptions.read(given), runDirectory, HostMemory.OF_THIS_PROCESS);
        return machine.daemonStarts(machine::close);
    }

    private static Hypervisor connect(String directory, Map<String, String> given) throws HypervisorException {
        Map<String, String> others = new HashMap<>(given);
        others.remove(MACHINE);
        if (directory.isEmpty() || !others.isEmpty()) {
            throw new HypervisorException(
                    Errno.EINVAL,
                    directory.isEmpty()
                            ? "machine= names no directory: give that of a running xensim"
                            : "the machine in " + directory + " runs already: give " + others.keySet() + " to xensim");
        }
        return RemoteXen.connect(Path.of(directory).toAbsolutePath());
    }
}
