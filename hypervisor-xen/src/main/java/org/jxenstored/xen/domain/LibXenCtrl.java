package org.jxenstored.xen.domain;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.hypervisor.Obstacle;
import org.jxenstored.xen.device.Failures;
import org.jxenstored.xen.foreign.NativeFunction;
import org.jxenstored.xen.foreign.SystemCalls;

/** The library of one Xen version over getdomaininfolist (lifecycle.md 4). */
final class LibXenCtrl implements AutoCloseable {
    private final String name;
    private final NativeFunction close;
    private final NativeFunction infoList;
    private final long handle;

    private LibXenCtrl(SymbolLookup library, String name) throws HypervisorException {
        this.name = name;
        close = function(library, name, "xc_interface_close");
        infoList = function(library, name, "xc_domain_getinfolist");
        handle = function(library, name, "xc_interface_open").toAddress(0, 0, 0, 0, 0, 0);
        if (handle < 0) {
            throw obstacle(name, (int) -handle);
        }
    }

    /** The file name of the library that belongs to a version. */
    static String name(XenVersion version) {
        return "libxenctrl.so." + version;
    }

    static LibXenCtrl open(SymbolLookup library, String name) throws HypervisorException {
        return new LibXenCtrl(library, name);
    }

    /** Its file name. */
    String name() {
        return name;
    }

    private static NativeFunction function(SymbolLookup library, String name, String function)
            throws HypervisorException {
        return NativeFunction.find(library, function)
                .orElseThrow(() -> new HypervisorException(
                        Obstacle.MISSING_PART, name + " has no " + function + ": it is not the library of that Xen"));
    }

    private static HypervisorException obstacle(String name, int errno) {
        return switch (errno) {
            case SystemCalls.EACCES, SystemCalls.EPERM ->
                new HypervisorException(Obstacle.NO_RIGHTS, name + " may not be used by this user: run as root");
            case SystemCalls.ENOENT, SystemCalls.ENXIO, SystemCalls.ENODEV ->
                new HypervisorException(
                        Obstacle.MISSING_PART,
                        name + " finds no /dev/xen/privcmd: load its driver with 'modprobe xen-privcmd'");
            default -> new HypervisorException(Obstacle.OTHER, name + " does not open: " + Failures.describe(errno));
        };
    }

    /**
     * Asks for domains in ascending order of domid.
     *
     * @param first the lowest domid wanted
     * @param most how many records there is room for
     * @return how many records there are now, or a negative errno
     */
    int list(int first, int most, MemorySegment records) {
        return infoList.toInt(handle, first, most, records.address(), 0, 0);
    }

    @Override
    public void close() {
        close.toInt(handle, 0, 0);
    }
}
