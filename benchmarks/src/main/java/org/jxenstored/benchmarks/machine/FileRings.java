package org.jxenstored.benchmarks.machine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.hypervisor.MappedRing;
import org.jxenstored.hypervisor.OwnRing;
import org.jxenstored.hypervisor.RingMapper;
import org.jxenstored.protocol.Domid;
import org.jxenstored.protocol.Errno;

/** The ring pages of the pretended machine. Each domain has one, whatever its frame number is said to be. */
final class FileRings implements RingMapper, AutoCloseable {
    /** The port of domain 0's kernel, as xenshim.c has it. */
    private static final int DOM0_PORT = 1;

    private final MachineFiles files;
    private final FileDomains domains;
    private final List<FileRing> open = new ArrayList<>();

    FileRings(MachineFiles files, FileDomains domains) {
        this.files = files;
        this.domains = domains;
    }

    @Override
    public MappedRing map(int domid, long gfn) throws HypervisorException {
        if (domains.find(domid).isEmpty()) {
            throw new HypervisorException(Errno.EINVAL, "there is no domain " + domid + " whose ring could be mapped");
        }
        try {
            FileRing ring = new FileRing(files.ring(domid));
            open.removeIf(FileRing::isClosed);
            open.add(ring);
            return ring;
        } catch (IOException e) {
            throw new HypervisorException(
                    Errno.EINVAL,
                    "the ring of domain " + domid + ", " + files.ring(domid) + ", cannot be mapped: " + e);
        }
    }

    /** Domain 0 is the daemon's own. */
    @Override
    public Optional<OwnRing> ownRing() throws HypervisorException {
        return Optional.of(new OwnRing(Domid.DOM0, DOM0_PORT, map(Domid.DOM0, NO_FRAME)));
    }

    @Override
    public void close() {
        open.forEach(FileRing::close);
    }
}
