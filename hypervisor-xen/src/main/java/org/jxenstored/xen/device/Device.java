package org.jxenstored.xen.device;

import java.lang.foreign.MemorySegment;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.hypervisor.Obstacle;
import org.jxenstored.xen.foreign.SystemCalls;

/** An open device of the kernel's Xen drivers. Results are as {@link SystemCalls} gives them. */
public final class Device implements AutoCloseable {
    private final SystemCalls kernel;
    private final Node node;
    private final int descriptor;
    private boolean closed;

    private Device(SystemCalls kernel, Node node, int descriptor) {
        this.kernel = kernel;
        this.node = node;
        this.descriptor = descriptor;
    }

    /**
     * Opens it for reading and writing that never wait.
     *
     * @throws HypervisorException with what stands in the way and what to do
     */
    public static Device open(SystemCalls kernel, Node node) throws HypervisorException {
        int descriptor = kernel.open(node.path(), SystemCalls.O_RDWR | SystemCalls.O_NONBLOCK | SystemCalls.O_CLOEXEC);
        if (descriptor < 0) {
            throw obstacle(node, -descriptor);
        }
        return new Device(kernel, node, descriptor);
    }

    private static HypervisorException obstacle(Node node, int errno) {
        return switch (errno) {
            case SystemCalls.ENOENT, SystemCalls.ENXIO, SystemCalls.ENODEV ->
                new HypervisorException(
                        Obstacle.MISSING_PART,
                        "there is no " + node.path() + " for " + node.purpose() + ": " + node.remedy());
            case SystemCalls.EACCES, SystemCalls.EPERM ->
                new HypervisorException(
                        Obstacle.NO_RIGHTS, node.path() + " may not be opened by this user: run as root");
            default ->
                new HypervisorException(Obstacle.OTHER, node.path() + " cannot be opened: " + Failures.describe(errno));
        };
    }

    public Node node() {
        return node;
    }

    public int descriptor() {
        return descriptor;
    }

    public int request(long number, MemorySegment argument) {
        return kernel.ioctl(descriptor, number, argument);
    }

    /** Returns the address. */
    public long map(long bytes, long offset) {
        return kernel.map(descriptor, bytes, offset);
    }

    public int unmap(long address, long bytes) {
        return kernel.unmap(address, bytes);
    }

    public int read(MemorySegment to, int bytes) {
        return kernel.read(descriptor, to, bytes);
    }

    public int write(MemorySegment from, int bytes) {
        return kernel.write(descriptor, from, bytes);
    }

    /** Closing twice does nothing. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            kernel.close(descriptor);
        }
    }
}
