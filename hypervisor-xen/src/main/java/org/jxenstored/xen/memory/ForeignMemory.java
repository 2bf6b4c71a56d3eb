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

/** Maps pages of other domains by frame number, as a control domain may. */
final class ForeignMemory implements AutoCloseable {
    private static final Logger LOG = System.getLogger(ForeignMemory.class.getName());

    private static final long MMAPBATCH_V2 = 0x0020_5004;

    /** {u32 count, u16 domid, u16 unused, u64 address, u64 frames, u64 errors}, then one frame and one error. */
    private static final int REQUEST_SIZE = 32 + Long.BYTES + Integer.BYTES;

    private static final long COUNT = 0;
    private static final long DOMID = 4;
    private static final long ADDRESS = 8;
    private static final long FRAMES_AT = 16;
    private static final long ERRORS_AT = 24;
    private static final long FRAME = 32;
    private static final long ERROR = 40;

    private final Device device;

    private ForeignMemory(Device device) {
        this.device = device;
    }

    static ForeignMemory open(SystemCalls kernel) throws HypervisorException {
        return new ForeignMemory(Device.open(kernel, Node.HYPERCALLS));
    }

    MappedPage map(int domid, long gfn) throws HypervisorException {
        long address = device.map(RingPage.SIZE, 0);
        if (address < 0) {
            throw Failures.refusal(address, "there is no room to map a page of domain " + domid);
        }
        int result = fill(address, domid, gfn);
        if (result < 0) {
            unmap(address);
            throw Failures.refusal(result, "frame " + gfn + " of domain " + domid + " cannot be mapped");
        }
        return new MappedPage(address, () -> unmap(address));
    }

    private int fill(long address, int domid, long gfn) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment request = arena.allocate(REQUEST_SIZE, Long.BYTES);
            request.set(ValueLayout.JAVA_INT, COUNT, 1);
            request.set(ValueLayout.JAVA_SHORT, DOMID, (short) domid);
            request.set(ValueLayout.JAVA_LONG, ADDRESS, address);
            request.set(ValueLayout.JAVA_LONG, FRAMES_AT, request.address() + FRAME);
            request.set(ValueLayout.JAVA_LONG, ERRORS_AT, request.address() + ERROR);
            request.set(ValueLayout.JAVA_LONG, FRAME, gfn);
            int result = device.request(MMAPBATCH_V2, request);
            return result < 0 ? result : request.get(ValueLayout.JAVA_INT, ERROR);
        }
    }

    private void unmap(long address) {
        int result = device.unmap(address, RingPage.SIZE);
        if (result < 0) {
            LOG.log(Level.WARNING, "cannot unmap a foreign page: " + Failures.describe(-result));
        }
    }

    @Override
    public void close() {
        device.close();
    }
}
