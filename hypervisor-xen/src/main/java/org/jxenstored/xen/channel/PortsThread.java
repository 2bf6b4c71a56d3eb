package org.jxenstored.xen.channel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jxenstored.hypervisor.EventChannels.PendingListener;
import org.jxenstored.hypervisor.PendingSource.Outcome;
import org.jxenstored.xen.device.Failures;
import org.jxenstored.xen.foreign.SystemCalls;

/** The thread that waits for ports to fire, for a daemon that cannot wait for the device itself. */
final class PortsThread implements AutoCloseable {
    private static final long POLLED_FOR = 4;
    private static final long POLLED = 6;

    private final SystemCalls kernel;
    private final PendingPorts ports;
    private final PendingListener listener;
    private final int end;
    private final Thread thread;
    private boolean closed;

    private PortsThread(SystemCalls kernel, PendingPorts ports, PendingListener listener, int end) {
        this.kernel = kernel;
        this.ports = ports;
        this.listener = listener;
        this.end = end;
        this.thread = Thread.ofPlatform().daemon().name("event-channels").unstarted(this::run);
    }

    static PortsThread start(SystemCalls kernel, PendingPorts ports, PendingListener listener) {
        int end = kernel.eventfd();
        if (end < 0) {
            throw new IllegalStateException("no eventfd for the event channels: " + Failures.describe(-end));
        }
        PortsThread started = new PortsThread(kernel, ports, listener, end);
        started.thread.start();
        return started;
    }

    private void run() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment entries = arena.allocate(2 * SystemCalls.POLL_ENTRY, Integer.BYTES);
            entries.set(ValueLayout.JAVA_INT, 0, ports.descriptor());
            entries.set(ValueLayout.JAVA_SHORT, POLLED_FOR, SystemCalls.POLLIN);
            entries.set(ValueLayout.JAVA_INT, SystemCalls.POLL_ENTRY, end);
            entries.set(ValueLayout.JAVA_SHORT, SystemCalls.POLL_ENTRY + POLLED_FOR, SystemCalls.POLLIN);
            while (await(entries) && ports.read(listener) != Outcome.BROKEN) {}
        }
    }

    /** Returns false when it is time to end. */
    private boolean await(MemorySegment entries) {
        int ready = kernel.poll(entries, 2);
        if (ready < 0 && ready != -SystemCalls.EINTR) {
            ports.broken("waited for", -ready);
            return false;
        }
        return ready < 0 || entries.get(ValueLayout.JAVA_SHORT, SystemCalls.POLL_ENTRY + POLLED) == 0;
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
