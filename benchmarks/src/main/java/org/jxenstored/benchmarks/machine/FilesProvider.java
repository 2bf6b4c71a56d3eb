package org.jxenstored.benchmarks.machine;

import java.nio.file.Path;
import java.util.Map;
import org.jxenstored.hypervisor.Hypervisor;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.hypervisor.HypervisorProvider;
import org.jxenstored.hypervisor.Obstacle;

/**
 * Makes the backend {@code files}: the pretended machine that the peers run on, so that all are measured on the same.
 *
 * <p>Its one option is {@code directory=DIR}; without it the machine is in the directory the daemon has for backends.
 */
public final class FilesProvider implements HypervisorProvider {
    @Override
    public String name() {
        return "files";
    }

    @Override
    public Hypervisor open(Map<String, String> options, Path runDirectory) throws HypervisorException {
        Path directory = runDirectory;
        for (Map.Entry<String, String> option : options.entrySet()) {
            if (!option.getKey().equals("directory") || option.getValue().isEmpty()) {
                throw new HypervisorException(
                        Obstacle.OTHER,
                        "the machine of files has no option '" + option.getKey() + "=" + option.getValue()
                                + "': it knows directory=DIR");
            }
            directory = Path.of(option.getValue());
        }
        return FilesHypervisor.open(new MachineFiles(directory));
    }
}
