package org.jxenstored.xen.memory;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.protocol.RingPage;
import org.jxenstored.xen.device.Device;
import org.jxenstored.xen.device.Failures;
import org.jxenstored.xen.device.Node;
import org.jxenstored.xen.foreign.SystemCalls;

/** Maps pages that other domains granted to this one. */
final class Grants implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Grants.class.getName());

    private static final long MAP_GRANT_REF = 0x0018_4700;
    private static final long UNMAP_GRANT_REF = 0x0010_4701;

    /** {u32 count, u32 unused, u64 index, u32 domid, u32 reference}. */
    private static final int MAP_SIZE = 24;

    private static final long MAP_COUNT = 0;
    private static final long MAP_INDEX = 8;
    private static final long MAP_DOMID = 16;
    private static final long MAP_REFERENCE = 20;

    /** {u64 index, u32 count, u32 unused}. */
    private static final int UNMAP_SIZE = 16;

    private static final long UNMAP_INDEX = 0;
    private static final long UNMAP_COUNT = 8;

    private final Device device;

    private Grants(Device device) {
        this.device = device;
    }

    static Grants open(SystemCalls kernel) throws HypervisorException {
        return new Grants(Device.open(kernel, Node.GRANTS));
    }

    MappedPage map(int domid, int reference) throws HypervisorException {
        long index = announce(domid, reference);
        long address = device.map(RingPage.SIZE, index);
        if (address < 0) {
            forget(index);
            throw Failures.refusal(address, "domain " + domid + " does not share its ring page by grant " + reference);
        }
        return new MappedPage(address, () -> unmap(address, index));
    }

    /** Returns where in the device the page can be mapped. */
    private long announce(int domid, int reference) throws HypervisorException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment request = arena.allocate(MAP_SIZE, Long.BYTES);
            request.set(ValueLayout.JAVA_INT, MAP_COUNT, 1);
            request.set(ValueLayout.JAVA_INT, MAP_DOMID, domid);
            request.set(ValueLayout.JAVA_INT, MAP_REFERENCE, reference);
            int result = device.request(MAP_GRANT_REF, request);
            if (result < 0) {
                throw Failures.refusal(result, "no grant can be mapped");
            }
            return request.get(ValueLayout.JAVA_LONG, MAP_INDEX);
        }
    }

    private void unmap(long address, long index) {
        int result = device.unmap(address, RingPage.SIZE);
        if (result < 0) {
            LOG.log(Level.WARNING, "cannot unmap a granted page: " + Failures.describe(-result));
        }
        forget(index);
    }

    private void forget(long index) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment request = arena.allocate(UNMAP_SIZE, Long.BYTES);
            request.set(ValueLayout.JAVA_LONG, UNMAP_INDEX, index);
            request.set(ValueLayout.JAVA_INT, UNMAP_COUNT, 1);
            int result = device.request(UNMAP_GRANT_REF, request);
            if (result < 0) {
                LOG.log(Level.WARNING, "cannot give a grant back: " + Failures.describe(-result));
            }
        }
    }

    @Override
    public void close() {
        device.close();
    }
}
