package org.jxenstored.xen.channel;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import org.jxenstored.hypervisor.EventChannels.PendingListener;
import org.jxenstored.xen.device.Device;
import org.jxenstored.xen.device.Failures;
import org.jxenstored.xen.foreign.SystemCalls;

/** The thread that waits for ports to fire and tells of them. */
final class PendingPorts implements AutoCloseable {
    private static final Logger LOG = System.getLogger(PendingPorts.class.getName());

    /** Ports read at once; the rest is read next. */
    private static final int MOST = 256;

    /** Makes the device forget what fired, and that it lost something. */
    private static final long RESET = 0x0000_4505;

    private static final long POLLED_FOR = 4;
    private static final long POLLED = 6;

    private final SystemCalls kernel;
    private final Device device;
    private final PendingListener listener;
    private final Set<Integer> bound;
    private final int end;
    private final Thread thread;
    private boolean closed;

    private PendingPorts(SystemCalls kernel, Device device, PendingListener listener, Set<Integer> bound, int end) {
        this.kernel = kernel;
        this.device = device;
        this.listener = listener;
        this.bound = bound;
        this.end = end;
        this.thread = Thread.ofPlatform().daemon().name("event-channels").unstarted(this::run);
    }

    /**
     * Starts it.
     *
     * @param bound the ports that are bound now; may change at any time
     */
    static PendingPorts watch(SystemCalls kernel, Device device, PendingListener listener, Set<Integer> bound) {
        int end = kernel.eventfd();
        if (end < 0) {
            throw new IllegalStateException("no eventfd for the event channels: " + Failures.describe(-end));
        }
        PendingPorts pending = new PendingPorts(kernel, device, listener, bound, end);
        pending.thread.start();
        return pending;
    }

    private void run() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment ports = arena.allocate(ValueLayout.JAVA_INT, MOST);
            MemorySegment entries = arena.allocate(2 * SystemCalls.POLL_ENTRY, Integer.BYTES);
            entries.set(ValueLayout.JAVA_INT, 0, device.descriptor());
            entries.set(ValueLayout.JAVA_SHORT, POLLED_FOR, SystemCalls.POLLIN);
            entries.set(ValueLayout.JAVA_INT, SystemCalls.POLL_ENTRY, end);
            entries.set(ValueLayout.JAVA_SHORT, SystemCalls.POLL_ENTRY + POLLED_FOR, SystemCalls.POLLIN);
            while (await(entries) && tell(ports)) {}
        }
    }

    /** Returns false when it is time to end. */
    private boolean await(MemorySegment entries) {
        int ready = kernel.poll(entries, 2);
        if (ready < 0 && ready != -SystemCalls.EINTR) {
            return gaveUp("waited for", -ready);
        }
        return ready < 0 || entries.get(ValueLayout.JAVA_SHORT, SystemCalls.POLL_ENTRY + POLLED) == 0;
    }

    /** Returns false if the device cannot be read any more. */
    private boolean tell(MemorySegment ports) {
        int bytes = device.read(ports, MOST * Integer.BYTES);
        if (bytes == -SystemCalls.EFBIG) {
            return tellAll();
        }
        if (bytes < 0) {
            return bytes == -SystemCalls.EAGAIN || bytes == -SystemCalls.EINTR || gaveUp("read", -bytes);
        }
        for (int i = 0; i < bytes / Integer.BYTES; i++) {
            tell(ports.getAtIndex(ValueLayout.JAVA_INT, i));
        }
        return true;
    }

    /** The device had no room for a port that fired: it could be any, and is masked until somebody looked. */
    private boolean tellAll() {
        int result = device.request(RESET, MemorySegment.NULL);
        if (result < 0) {
            return gaveUp("reset", -result);
        }
        LOG.log(Level.WARNING, device.node().path() + " lost events, all that is bound is looked at");
        bound.forEach(this::tell);
        return true;
    }

    private void tell(int port) {
        try {
            listener.pending(port);
        } catch (RejectedExecutionException over) {
            LOG.log(Level.DEBUG, () -> "port " + port + " fired when nobody served any more");
        } catch (RuntimeException defect) {
            LOG.log(Level.ERROR, "cannot tell that port " + port + " fired", defect);
        }
    }

    /** Rings are looked at now and then besides, so the store goes on, slowly (S-RING-16). */
    private boolean gaveUp(String what, int errno) {
        LOG.log(
                Level.ERROR,
                device.node().path() + " cannot be " + what + " any more, guests are answered late from now on: "
                        + Failures.describe(errno));
        return false;
    }

    /** Ends the thread and waits for that. Closing twice does nothing. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try (Arena arena = Arena.ofConfined()) {
            kernel.write(end, arena.allocateFrom(ValueLayout.JAVA_LONG, 1), Long.BYTES);
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        kernel.close(end);
    }
}
