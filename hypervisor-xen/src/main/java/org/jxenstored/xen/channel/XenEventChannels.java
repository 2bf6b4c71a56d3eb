package org.jxenstored.xen.channel;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.jxenstored.hypervisor.EventChannels;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.hypervisor.Obstacle;
import org.jxenstored.hypervisor.PendingSource;
import org.jxenstored.xen.device.Device;
import org.jxenstored.xen.device.Failures;
import org.jxenstored.xen.device.Node;
import org.jxenstored.xen.foreign.SystemCalls;

/**
 * The event channel device, opened by this process.
 *
 * <p>The device masks a port when it reports it, until the port's number is written back. Ports close with the
 * device, so a daemon that dies leaves the remote ends ready to be bound again.
 */
public final class XenEventChannels implements EventChannels, AutoCloseable {
    private static final Logger LOG = System.getLogger(XenEventChannels.class.getName());

    private static final long BIND_VIRQ = 0x0004_4500;
    private static final long BIND_INTERDOMAIN = 0x0008_4501;
    private static final long UNBIND = 0x0004_4503;
    private static final long NOTIFY = 0x0004_4504;

    private static final int VIRQ_DOM_EXC = 3;
    private static final int NOT_BOUND = -1;

    private final SystemCalls kernel;
    private final Device device;
    private final PendingPorts pending;

    /** Arguments of calls, used by one after the other: only the event loop's thread calls. */
    private final MemorySegment words = Arena.ofAuto().allocate(2 * ValueLayout.JAVA_INT.byteSize(), 4);

    /** Read by the thread that waits too, if there is one. */
    private final Set<Integer> bound = ConcurrentHashMap.newKeySet();

    private int domainException = NOT_BOUND;
    private @Nullable PortsThread thread;

    private XenEventChannels(SystemCalls kernel, Device device) {
        this.kernel = kernel;
        this.device = device;
        this.pending = new PendingPorts(device, bound);
    }

    /**
     * Opens the device and binds VIRQ_DOM_EXC, so that a second xenstored learns at once that it is one.
     *
     * @throws HypervisorException with what stands in the way
     */
    public static XenEventChannels open(SystemCalls kernel) throws HypervisorException {
        XenEventChannels channels = new XenEventChannels(kernel, Device.open(kernel, Node.EVENT_CHANNELS));
        try {
            channels.bindDomainException();
            return channels;
        } catch (HypervisorException e) {
            channels.close();
            throw e;
        }
    }

    @Override
    public void listen(PendingListener listener) {
        if (thread != null) {
            throw new IllegalStateException("somebody listens already");
        }
        thread = PortsThread.start(kernel, pending, listener);
    }

    @Override
    public Optional<PendingSource> source() {
        return Optional.of(pending);
    }

    /** The port that {@link #open} bound; bound again if it was unbound since. */
    @Override
    public int bindDomainException() throws HypervisorException {
        if (domainException == NOT_BOUND) {
            int port = request(BIND_VIRQ, VIRQ_DOM_EXC);
            if (port < 0) {
                throw noDomainException(-port);
            }
            domainException = port;
            bound.add(port);
        }
        return domainException;
    }

    private static HypervisorException noDomainException(int errno) {
        return switch (errno) {
            case SystemCalls.EEXIST ->
                new HypervisorException(
                        Obstacle.ALREADY_SERVED,
                        "another xenstored runs in this domain: it has VIRQ_DOM_EXC, by which Xen tells of domains that"
                                + " end; a host has one xenstored only");
            case SystemCalls.EBUSY, SystemCalls.EPERM, SystemCalls.EACCES ->
                new HypervisorException(
                        Obstacle.NO_RIGHTS,
                        "Xen does not let this domain have VIRQ_DOM_EXC (" + Failures.describe(errno)
                                + "): xenstored runs in the control domain, or in the domain that was made for it");
            default ->
                new HypervisorException(Obstacle.OTHER, "VIRQ_DOM_EXC cannot be bound: " + Failures.describe(errno));
        };
    }

    @Override
    public int bindInterdomain(int domid, int remotePort) throws HypervisorException {
        int port = request(BIND_INTERDOMAIN, domid, remotePort);
        if (port < 0) {
            throw Failures.refusal(
                    port, "domain " + domid + " has no event channel " + remotePort + " that waits for this domain");
        }
        bound.add(port);
        return port;
    }

    @Override
    public void signal(int port) {
        int result = request(NOTIFY, port);
        if (result < 0) {
            LOG.log(Level.DEBUG, () -> "nobody hears port " + port + ": " + Failures.describe(-result));
        }
    }

    @Override
    public void unmask(int port) {
        words.set(ValueLayout.JAVA_INT, 0, port);
        int result = device.write(words, Integer.BYTES);
        if (result < 0) {
            LOG.log(Level.DEBUG, () -> "cannot unmask port " + port + ": " + Failures.describe(-result));
        }
    }

    @Override
    public void unbind(int port) {
        if (port == domainException) {
            domainException = NOT_BOUND;
        }
        bound.remove(port);
        int result = request(UNBIND, port);
        if (result < 0) {
            LOG.log(Level.DEBUG, () -> "cannot unbind port " + port + ": " + Failures.describe(-result));
        }
    }

    private int request(long number, int argument) {
        return request(number, argument, 0);
    }

    private int request(long number, int first, int second) {
        words.set(ValueLayout.JAVA_INT, 0, first);
        words.set(ValueLayout.JAVA_INT, Integer.BYTES, second);
        return device.request(number, words);
    }

    /** Ends the thread that waits, if there is one, and unbinds all that is bound. */
    @Override
    public void close() {
        if (thread != null) {
            thread.close();
        }
        device.close();
    }
}
