package org.jxenstored.xen;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;
import java.util.OptionalInt;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.hypervisor.Obstacle;
import org.jxenstored.protocol.Numbers;
import org.jxenstored.xen.device.Device;
import org.jxenstored.xen.device.Node;
import org.jxenstored.xen.device.TextFile;
import org.jxenstored.xen.domain.XenVersion;
import org.jxenstored.xen.foreign.SystemCalls;

/** The machine below this system: whether it is Xen, and which. */
final class XenMachine {
    private static final String TYPE = "/sys/hypervisor/type";
    private static final String MAJOR = "/sys/hypervisor/version/major";
    private static final String MINOR = "/sys/hypervisor/version/minor";
    private static final String BOOT = "/proc/sys/kernel/random/boot_id";
    private static final int NUMBER_MAX = 0xFFFF;

    /** Makes a hypercall: {u64 number, 5 x u64 arguments}. */
    private static final long HYPERCALL = 0x0030_5000;

    private static final int HYPERCALL_SIZE = 48;
    private static final long XEN_VERSION = 17;

    private final SystemCalls kernel;

    XenMachine(SystemCalls kernel) {
        this.kernel = kernel;
    }

    /** Refuses a machine that is none; a kernel that does not tell is believed if it has Xen's devices. */
    void check() throws HypervisorException {
        Optional<String> type = TextFile.read(kernel, TYPE);
        if (type.isPresent() && !type.get().equals("xen")) {
            throw new HypervisorException(Obstacle.NO_HYPERVISOR, "this system runs on " + type.get() + ", not on Xen");
        }
        if (type.isEmpty() && !hasXenDevices()) {
            throw new HypervisorException(
                    Obstacle.NO_HYPERVISOR,
                    "this system does not run on Xen: there is no " + TYPE + "; without Xen use --hypervisor sim");
        }
    }

    private boolean hasXenDevices() {
        int descriptor = kernel.open("/dev/xen", SystemCalls.O_RDONLY | SystemCalls.O_CLOEXEC);
        if (descriptor >= 0) {
            kernel.close(descriptor);
        }
        return descriptor >= 0;
    }

    /** What the kernel calls its own run: it ends with that of the machine, or with that of this domain. */
    Optional<String> boot() {
        return TextFile.read(kernel, BOOT);
    }

    /** Its version as the kernel shows it, else as Xen says; empty if neither can be had. */
    Optional<XenVersion> version() {
        OptionalInt major = number(MAJOR);
        OptionalInt minor = number(MINOR);
        return major.isPresent() && minor.isPresent()
                ? Optional.of(new XenVersion(major.getAsInt(), minor.getAsInt()))
                : askXen();
    }

    private OptionalInt number(String file) {
        return TextFile.read(kernel, file)
                .map(text -> Numbers.decimalInt(text, NUMBER_MAX))
                .orElse(OptionalInt.empty());
    }

    private Optional<XenVersion> askXen() {
        try (Device device = Device.open(kernel, Node.HYPERCALLS);
                Arena arena = Arena.ofConfined()) {
            MemorySegment call = arena.allocate(HYPERCALL_SIZE, Long.BYTES);
            call.set(ValueLayout.JAVA_LONG, 0, XEN_VERSION);
            int version = device.request(HYPERCALL, call);
            return version <= 0 ? Optional.empty() : Optional.of(new XenVersion(version >>> 16, version & 0xFFFF));
        } catch (HypervisorException e) {
            return Optional.empty();
        }
    }
}
