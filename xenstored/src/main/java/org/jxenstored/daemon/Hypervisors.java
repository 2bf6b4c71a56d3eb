package org.jxenstored.daemon;

import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import org.jxenstored.hypervisor.Hypervisor;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.hypervisor.HypervisorProvider;

/** The hypervisor backends on the class path. */
final class Hypervisors {
    private Hypervisors() {}

    /** Refuses a name that no backend has, before anything is made for it. */
    static void check(HypervisorChoice choice) throws StartException {
        var _ = find(choice);
    }

    /**
     * Connects to the chosen one.
     *
     * @param directory where the backend may put files for users
     */
    static Hypervisor open(HypervisorChoice choice, Path directory) throws StartException {
        return open(find(choice), choice, directory);
    }

    private static HypervisorProvider find(HypervisorChoice choice) throws StartException {
        List<HypervisorProvider> providers = ServiceLoader.load(HypervisorProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        for (HypervisorProvider provider : providers) {
            if (provider.name().equals(choice.name())) {
                return provider;
            }
        }
        throw new StartException("--hypervisor " + choice.name() + ": there is no such backend; there is "
                + String.join(
                        ", ", providers.stream().map(HypervisorProvider::name).toList()));
    }

    private static Hypervisor open(HypervisorProvider provider, HypervisorChoice choice, Path directory)
            throws StartException {
        try {
            return provider.open(choice.settings(), directory);
        } catch (HypervisorException e) {
            throw new StartException("--hypervisor " + choice.name(), e);
        }
    }
}
