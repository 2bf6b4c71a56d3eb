package org.jxenstored.xen;

import java.nio.file.Path;
import java.util.Map;
import org.jxenstored.hypervisor.Hypervisor;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.hypervisor.HypervisorProvider;
import org.jxenstored.hypervisor.Obstacle;

/** Makes the backend {@code xen}: the hypervisor below this system. */
public final class RealXenProvider implements HypervisorProvider {
    @Override
    public String name() {
        return "xen";
    }

    @Override
    public Hypervisor open(Map<String, String> options, Path runDirectory) throws HypervisorException {
        throw new HypervisorException(Obstacle.NO_HYPERVISOR, "this system does not run on Xen");
    }
}
