package org.jxenstored.sim.remote;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.hypervisor.MappedRing;
import org.jxenstored.hypervisor.Obstacle;
import org.jxenstored.hypervisor.OwnRing;
import org.jxenstored.hypervisor.RingMapper;
import org.jxenstored.protocol.Errno;
import org.jxenstored.protocol.RingPage;

/** Ring pages: the machine says which page of its memory one is, and it is mapped from there. */
final class RemoteRings implements RingMapper, AutoCloseable {
    private final MachineLink link;
    private final FileChannel memory;
    private final Set<Ring> open = ConcurrentHashMap.newKeySet();

    private RemoteRings(MachineLink link, FileChannel memory) {
        this.link = link;
        this.memory = memory;
    }

    static RemoteRings open(MachineLink link, MachineFiles files) throws HypervisorException {
        try {
            return new RemoteRings(
                    link, FileChannel.open(files.memory(), StandardOpenOption.READ, StandardOpenOption.WRITE));
        } catch (IOException e) {
            throw new HypervisorException(
                    Obstacle.OTHER, "the simulated machine's memory " + files.memory() + " cannot be opened: " + e);
        }
    }

    @Override
    public MappedRing map(int domid, long gfn) throws HypervisorException {
        Call call = new Call.MapRing(domid, gfn);
        return switch (link.askFor(call)) {
            case Told.Mapped mapped -> map(mapped);
            case Told other -> throw RemoteDomains.unexpected(call, other);
        };
    }

    @Override
    public Optional<OwnRing> ownRing() throws HypervisorException {
        Call call = new Call.MapOwnRing();
        return switch (link.askFor(call)) {
            case Told.Mapped mapped -> Optional.of(new OwnRing(mapped.domid(), mapped.remotePort(), map(mapped)));
            case Told.NotThere() -> Optional.empty();
            case Told other -> throw RemoteDomains.unexpected(call, other);
        };
    }

    private Ring map(Told.Mapped mapped) throws HypervisorException {
        try {
            Ring ring = new Ring(mapped);
            open.add(ring);
            return ring;
        } catch (IOException e) {
            link.say(new Call.Unmap(mapped.mapping()));
            throw new HypervisorException(
                    Errno.ENOMEM, "the ring of domain " + mapped.domid() + " cannot be mapped: " + e);
        }
    }

    @Override
    public void close() {
        Set.copyOf(open).forEach(Ring::close);
        try {
            memory.close();
        } catch (IOException harmless) {
            System.getLogger(RemoteRings.class.getName()).log(System.Logger.Level.DEBUG, "{0}", harmless);
        }
    }

    private final class Ring implements MappedRing {
        private final Arena arena = Arena.ofShared();
        private final int mapping;
        private final RingPage page;

        Ring(Told.Mapped mapped) throws IOException {
            this.mapping = mapped.mapping();
            try {
                this.page = new RingPage(
                        memory.map(MapMode.READ_WRITE, mapped.frame() * RingPage.SIZE, RingPage.SIZE, arena));
            } catch (IOException | RuntimeException e) {
                arena.close();
                throw e;
            }
        }

        @Override
        public RingPage page() {
            return page;
        }

        /** First for this process, then for the machine, which may give the page to somebody else at once. */
        @Override
        public void close() {
            if (open.remove(this)) {
                arena.close();
                link.say(new Call.Unmap(mapping));
            }
        }
    }
}
