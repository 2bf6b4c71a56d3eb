package org.jxenstored.xen.memory;

import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.OptionalLong;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.hypervisor.Obstacle;
import org.jxenstored.protocol.Numbers;
import org.jxenstored.protocol.RingPage;
import org.jxenstored.xen.device.Device;
import org.jxenstored.xen.device.Failures;
import org.jxenstored.xen.device.Node;
import org.jxenstored.xen.device.TextFile;
import org.jxenstored.xen.foreign.SystemCalls;

/**
 * The ring page that the kernel of the first domain made for a store in its own domain, and its event channel
 * (S-RUN-3).
 *
 * @param port the kernel's port
 * @param ring the page
 */
record OwnPage(int port, MappedPage ring) {
    private static final String PAGE_FILE = "/proc/xen/xsd_kva";
    private static final String PORT_FILE = "/proc/xen/xsd_port";
    private static final long PORTS_MAX = 131_071;

    /** Answered by {@link Node#OWN_PAGE} with the port. */
    private static final long GET_PORT = 0x4200;

    /**
     * Maps it.
     *
     * @return empty if this kernel has none
     * @throws HypervisorException if it has one that cannot be had, or none though the way was chosen
     */
    static Optional<OwnPage> find(SystemCalls kernel, OwnRingWay way) throws HypervisorException {
        return switch (way) {
            case PROC -> Optional.of(inProc(kernel).orElseThrow(OwnPage::noProc));
            case DEVICE -> Optional.of(byDevice(kernel));
            case AUTO -> {
                Optional<OwnPage> page = inProc(kernel);
                yield page.isPresent() ? page : byDeviceIfAny(kernel);
            }
        };
    }

    private static HypervisorException noProc() {
        return new HypervisorException(
                Obstacle.MISSING_PART,
                "there is no " + PAGE_FILE + ": mount it with 'mount -t xenfs xenfs /proc/xen'; only the kernel of the"
                        + " first domain has it");
    }

    private static Optional<OwnPage> inProc(SystemCalls kernel) throws HypervisorException {
        OptionalLong port = TextFile.read(kernel, PORT_FILE)
                .map(text -> Numbers.decimal(text, PORTS_MAX))
                .orElse(OptionalLong.empty());
        if (port.isEmpty()) {
            return Optional.empty();
        }
        int descriptor = kernel.open(PAGE_FILE, SystemCalls.O_RDWR | SystemCalls.O_CLOEXEC);
        if (descriptor < 0) {
            throw Failures.refusal(descriptor, PAGE_FILE + " cannot be opened");
        }
        try {
            long address = kernel.map(descriptor, RingPage.SIZE, 0);
            return Optional.of(mapped(kernel, PAGE_FILE, (int) port.getAsLong(), address));
        } finally {
            kernel.close(descriptor);
        }
    }

    private static Optional<OwnPage> byDeviceIfAny(SystemCalls kernel) throws HypervisorException {
        try {
            return Optional.of(byDevice(kernel));
        } catch (HypervisorException e) {
            if (e.obstacle() == Obstacle.MISSING_PART) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static OwnPage byDevice(SystemCalls kernel) throws HypervisorException {
        try (Device device = Device.open(kernel, Node.OWN_PAGE)) {
            int port = device.request(GET_PORT, MemorySegment.NULL);
            if (port <= 0) {
                throw Failures.refusal(port, Node.OWN_PAGE.path() + " tells no event channel");
            }
            return mapped(kernel, Node.OWN_PAGE.path(), port, device.map(RingPage.SIZE, 0));
        }
    }

    private static OwnPage mapped(SystemCalls kernel, String file, int port, long address) throws HypervisorException {
        if (address < 0) {
            throw Failures.refusal(address, file + " cannot be mapped");
        }
        return new OwnPage(port, new MappedPage(address, () -> kernel.unmap(address, RingPage.SIZE)));
    }
}
