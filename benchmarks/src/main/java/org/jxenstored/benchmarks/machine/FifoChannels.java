package org.jxenstored.benchmarks.machine;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import org.jxenstored.hypervisor.EventChannels;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.hypervisor.PendingSource;
import org.jxenstored.protocol.Domid;
import org.jxenstored.protocol.Errno;

/**
 * The event channels of the pretended machine: one fifo towards the daemon, one towards each domain.
 *
 * <p>A domain has one channel to the daemon, so the domid, one higher, is the local port. Who reads the fifo looks at
 * nothing but the domid of a record and the state of its port: this is on the way of each request of a guest.
 */
final class FifoChannels implements EventChannels, AutoCloseable {
    private static final Logger LOG = System.getLogger(FifoChannels.class.getName());

    private static final int RECORD = 2 * Integer.BYTES;
    private static final int RECORDS = 64;

    private static final int EXCEPTION_PORT = port(Domid.FIRST_RESERVED);

    /** States of a port. */
    private static final int UNBOUND = 0;

    private static final int QUIET = 1;

    /** Masked: the listener was told, and has not unmasked it yet. */
    private static final int REPORTED = 2;

    /** As {@link #REPORTED}, and it fired since. */
    private static final int FIRED_AGAIN = 3;

    private final MachineFiles files;
    private final FileDomains domains;

    /** Our own end: for what fires by itself, and so that the end of the fifo never comes. */
    private final Fifo fired;

    private final AtomicIntegerArray states = new AtomicIntegerArray(EXCEPTION_PORT + 1);
    private final AtomicReferenceArray<@Nullable Outgoing> outgoing = new AtomicReferenceArray<>(EXCEPTION_PORT + 1);
    private @Nullable FifoThread thread;

    /** The way to a domain, and the port it knows the channel by. */
    private record Outgoing(Fifo fifo, int remotePort) {}

    private FifoChannels(MachineFiles files, FileDomains domains, Fifo fired) {
        this.files = files;
        this.domains = domains;
        this.fired = fired;
    }

    static FifoChannels open(MachineFiles files, FileDomains domains) throws IOException {
        // A fifo of an earlier daemon's stays: guests have it open, and it may hold signals for us.
        if (Files.notExists(files.daemonEvents())) {
            Fifo.make(files.daemonEvents());
        }
        return new FifoChannels(files, domains, Fifo.open(files.daemonEvents()));
    }

    private static int port(int domid) {
        return domid + 1;
    }

    @Override
    public void listen(PendingListener listener) {
        if (thread != null) {
            throw new IllegalStateException("somebody listens already");
        }
        thread = FifoThread.start(files.daemonEvents(), records -> report(records, listener));
    }

    @Override
    public Optional<PendingSource> source() {
        return Optional.of(new Source());
    }

    /** The fifo for an event loop that waits for it. */
    private final class Source implements PendingSource {
        private final ByteBuffer records = newBuffer();
        private final MemorySegment all = MemorySegment.ofBuffer(records);

        @Override
        public int descriptor() {
            return fired.descriptor();
        }

        @Override
        public Outcome read(PendingListener listener) {
            long bytes = fired.read(all);
            if (bytes < RECORD) {
                return Outcome.NOTHING;
            }
            report(records.limit((int) bytes).position(0), listener);
            return Outcome.REPORTED;
        }
    }

    /** For as many records as are read at once. */
    static ByteBuffer newBuffer() {
        return ByteBuffer.allocateDirect(RECORDS * RECORD).order(ByteOrder.nativeOrder());
    }

    private void report(ByteBuffer records, PendingListener listener) {
        while (records.remaining() >= RECORD) {
            int domid = records.getInt();
            int port = records.getInt();
            if (domid == MachineFiles.VIRQ) {
                fire(port == MachineFiles.VIRQ_DOM_EXC ? EXCEPTION_PORT : 0, listener);
            } else {
                fire(Domid.isOrdinary(domid) ? port(domid) : 0, listener);
            }
        }
    }

    /** Port 0 is nobody's, and never bound. */
    private void fire(int port, PendingListener listener) {
        int before = states.getAndUpdate(port, FifoChannels::afterFiring);
        if (before == QUIET) {
            tell(port, listener);
        }
    }

    private static int afterFiring(int state) {
        return switch (state) {
            case QUIET -> REPORTED;
            case REPORTED -> FIRED_AGAIN;
            default -> state;
        };
    }

    private static int afterUnmasking(int state) {
        return state == UNBOUND ? UNBOUND : QUIET;
    }

    private static void tell(int port, PendingListener listener) {
        try {
            listener.pending(port);
        } catch (RejectedExecutionException over) {
            LOG.log(Level.DEBUG, () -> "port " + port + " fired when nobody served any more");
        }
    }

    @Override
    public void unmask(int port) {
        int before = states.getAndUpdate(port, FifoChannels::afterUnmasking);
        if (before == FIRED_AGAIN) {
            fireByItself(port);
        }
    }

    /** If there is no room for it there is so much to be read that the daemon looks at its rings later (S-RING-16). */
    private void fireByItself(int port) {
        boolean exception = port == EXCEPTION_PORT;
        int domid = exception ? MachineFiles.VIRQ : port - 1;
        if (!fired.put(domid, exception ? MachineFiles.VIRQ_DOM_EXC : 0)) {
            LOG.log(Level.DEBUG, () -> "no room in " + files.daemonEvents());
        }
    }

    @Override
    public int bindDomainException() {
        states.set(EXCEPTION_PORT, QUIET);
        return EXCEPTION_PORT;
    }

    @Override
    public int bindInterdomain(int domid, int remotePort) throws HypervisorException {
        if (!Domid.isOrdinary(domid) || domains.find(domid).isEmpty()) {
            throw new HypervisorException(Errno.EINVAL, "there is no domain " + domid + " to have a channel to");
        }
        int port = port(domid);
        if (outgoing.get(port) != null) {
            throw new HypervisorException(Errno.EEXIST, "domain " + domid + " has a channel to the store already");
        }
        try {
            Path fifo = files.events(domid);
            if (Files.notExists(fifo)) {
                Fifo.make(fifo);
            }
            outgoing.set(port, new Outgoing(Fifo.open(fifo), remotePort));
        } catch (IOException e) {
            throw new HypervisorException(Errno.EIO, "no event channel to domain " + domid + ": " + e);
        }
        states.set(port, QUIET);
        fireByItself(port);
        return port;
    }

    @Override
    public void signal(int port) {
        Outgoing way = outgoing.get(port);
        if (way != null) {
            way.fifo.put(way.remotePort);
        }
    }

    @Override
    public void unbind(int port) {
        states.set(port, UNBOUND);
        Outgoing way = outgoing.getAndSet(port, null);
        if (way != null) {
            way.fifo.close();
        }
    }

    /** Unbinds all and ends the thread, if there is one. */
    @Override
    public void close() {
        for (int port = 0; port <= EXCEPTION_PORT; port++) {
            unbind(port);
        }
        if (thread != null) {
            thread.close();
        }
        fired.close();
    }
}
