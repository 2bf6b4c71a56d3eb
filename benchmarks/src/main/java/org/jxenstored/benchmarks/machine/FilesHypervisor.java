package org.jxenstored.benchmarks.machine;

import java.io.IOException;
import org.jxenstored.hypervisor.DomainStates;
import org.jxenstored.hypervisor.EventChannels;
import org.jxenstored.hypervisor.Hypervisor;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.hypervisor.Obstacle;
import org.jxenstored.hypervisor.RingMapper;

/** A machine pretended with files, as the daemon sees it. */
final class FilesHypervisor implements Hypervisor {
    private final FileDomains domains;
    private final FifoChannels channels;
    private final FileRings rings;

    private FilesHypervisor(FileDomains domains, FifoChannels channels, FileRings rings) {
        this.domains = domains;
        this.channels = channels;
        this.rings = rings;
    }

    static FilesHypervisor open(MachineFiles files) throws HypervisorException {
        try {
            files.make();
            FileDomains domains = new FileDomains(files);
            return new FilesHypervisor(domains, FifoChannels.open(files, domains), new FileRings(files, domains));
        } catch (IOException e) {
            throw new HypervisorException(
                    Obstacle.OTHER, "the machine of files in " + files.directory() + " cannot be made: " + e);
        }
    }

    @Override
    public DomainStates domains() {
        return domains;
    }

    @Override
    public EventChannels eventChannels() {
        return channels;
    }

    @Override
    public RingMapper rings() {
        return rings;
    }

    @Override
    public void close() {
        channels.close();
        rings.close();
    }
}
