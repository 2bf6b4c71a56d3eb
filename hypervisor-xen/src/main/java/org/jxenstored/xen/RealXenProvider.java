package org.jxenstored.xen;

import java.nio.file.Path;
import java.util.Map;
import org.jxenstored.hypervisor.Hypervisor;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.hypervisor.HypervisorProvider;
import org.jxenstored.hypervisor.Obstacle;
import org.jxenstored.xen.foreign.Libraries;
import org.jxenstored.xen.foreign.Linux;

/** Makes the backend {@code xen}: the hypervisor below this system. */
public final class RealXenProvider implements HypervisorProvider {
    @Override
    public String name() {
        return "xen";
    }

    @Override
    public Hypervisor open(Map<String, String> options, Path runDirectory) throws HypervisorException {
        XenOptions read = XenOptions.read(options);
        checkSystem(System.getProperty("os.name"), System.getProperty("os.arch"));
        return RealXen.open(new Linux(), Libraries.INSTALLED, read);
    }

    /** The devices' layouts and the way functions are called are those of Linux on these machines. */
    static void checkSystem(String system, String architecture) throws HypervisorException {
        if (!system.equals("Linux") || !(architecture.equals("amd64") || architecture.equals("aarch64"))) {
            throw new HypervisorException(
                    Obstacle.NO_HYPERVISOR,
                    "real Xen is served on Linux on amd64 and aarch64 only, this is " + system + " on " + architecture
                            + "; use --hypervisor sim");
        }
    }
}
