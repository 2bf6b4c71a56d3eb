package org.jxenstored.xen.channel;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import org.jxenstored.hypervisor.EventChannels.PendingListener;
import org.jxenstored.hypervisor.PendingSource;
import org.jxenstored.xen.device.Device;
import org.jxenstored.xen.device.Failures;
import org.jxenstored.xen.foreign.SystemCalls;

/** The ports that the device says have fired. The device never waits. */
final class PendingPorts implements PendingSource {
    private static final Logger LOG = System.getLogger(PendingPorts.class.getName());

    /** Ports read at once; the rest is read next. */
    private static final int MOST = 64;

    /** Makes the device forget what fired, and that it lost something. */
    private static final long RESET = 0x0000_4505;

    private final Device device;
    private final Set<Integer> bound;
    private final MemorySegment ports = Arena.ofAuto().allocate(ValueLayout.JAVA_INT, MOST);

    /** @param bound the ports that are bound now; may change at any time */
    PendingPorts(Device device, Set<Integer> bound) {
        this.device = device;
        this.bound = bound;
    }

    @Override
    public int descriptor() {
        return device.descriptor();
    }

    @Override
    public Outcome read(PendingListener listener) {
        int bytes = device.read(ports, MOST * Integer.BYTES);
        while (bytes == -SystemCalls.EINTR) {
            bytes = device.read(ports, MOST * Integer.BYTES);
        }
        if (bytes == -SystemCalls.EFBIG) {
            return reportAll(listener);
        }
        if (bytes < 0) {
            return bytes == -SystemCalls.EAGAIN ? Outcome.NOTHING : broken("read", -bytes);
        }
        for (int i = 0; i < bytes / Integer.BYTES; i++) {
            report(ports.getAtIndex(ValueLayout.JAVA_INT, i), listener);
        }
        return bytes < Integer.BYTES ? Outcome.NOTHING : Outcome.REPORTED;
    }

    /** The device had no room for a port that fired: it could be any, and is masked until somebody looked. */
    private Outcome reportAll(PendingListener listener) {
        int result = device.request(RESET, MemorySegment.NULL);
        if (result < 0) {
            return broken("reset", -result);
        }
        LOG.log(Level.WARNING, device.node().path() + " lost events, all that is bound is looked at");
        bound.forEach(port -> report(port, listener));
        return Outcome.REPORTED;
    }

    private static void report(int port, PendingListener listener) {
        try {
            listener.pending(port);
        } catch (RejectedExecutionException over) {
            LOG.log(Level.DEBUG, () -> "port " + port + " fired when nobody served any more");
        } catch (RuntimeException defect) {
            LOG.log(Level.ERROR, "cannot tell that port " + port + " fired", defect);
        }
    }

    /** Rings are looked at now and then besides, so the store goes on, slowly (S-RING-16). */
    Outcome broken(String what, int errno) {
        LOG.log(
                Level.ERROR,
                device.node().path() + " cannot be " + what + " any more, guests are answered late from now on: "
                        + Failures.describe(errno));
        return Outcome.BROKEN;
    }
}
