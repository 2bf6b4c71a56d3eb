package org.jxenstored.xen.domain;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.EnumSet;
import java.util.Set;
import org.jxenstored.hypervisor.DomainState;
import org.jxenstored.hypervisor.DomainState.Capability;
import org.jxenstored.hypervisor.DomainState.Life;

/**
 * One record of getdomaininfolist (lifecycle.md 4), copied out of memory.
 *
 * @param flags bits, and the shutdown code
 * @param pages of ordinary memory
 * @param onlineVcpus that run now
 * @param maxVcpuId the highest number of a virtual CPU; all ones if there is none
 */
record InfoRecord(int domid, int flags, long pages, int onlineVcpus, int maxVcpuId) {
    private static final long DOMID = 0;
    private static final long FLAGS = 4;
    private static final long PAGES = 8;
    private static final long ONLINE_VCPUS = 64;
    private static final long MAX_VCPU_ID = 68;

    private static final int DYING = 1;
    private static final int SHUTDOWN = 1 << 2;
    private static final int XENSTORE = 1 << 7;
    private static final int CODE_SHIFT = 16;
    private static final int CODE_MASK = 0xFF;

    /** Bits 9 to 15. Those above the code are all 0, or all 1 with it where there is no code. */
    private static final int UNUSED = 0xFE00;

    /** Before get_domain_state Xen does not tell who controls it; it is the first domain. */
    private static final int CONTROL_DOMID = 0;

    /** The record that starts at this offset. */
    static InfoRecord read(MemorySegment records, long offset) {
        return new InfoRecord(
                Short.toUnsignedInt(records.get(ValueLayout.JAVA_SHORT, offset + DOMID)),
                records.get(ValueLayout.JAVA_INT, offset + FLAGS),
                records.get(ValueLayout.JAVA_LONG, offset + PAGES),
                records.get(ValueLayout.JAVA_INT, offset + ONLINE_VCPUS),
                records.get(ValueLayout.JAVA_INT, offset + MAX_VCPU_ID));
    }

    /** True if it can be the record of a domain that runs; nonsense shows that the layout is another one. */
    boolean isPlausible() {
        int code = flags >> CODE_SHIFT;
        return (flags & UNUSED) == 0
                && code >= -1
                && code <= CODE_MASK
                && pages > 0
                && onlineVcpus > 0
                && Integer.compareUnsigned(onlineVcpus - 1, maxVcpuId) <= 0;
    }

    DomainState state() {
        boolean shutdown = (flags & SHUTDOWN) != 0;
        return new DomainState(
                domid,
                DomainState.NO_UNIQUE_ID,
                (flags & DYING) != 0 ? Life.DEAD : Life.ALIVE,
                shutdown,
                shutdown ? flags >>> CODE_SHIFT & CODE_MASK : DomainState.NO_SHUTDOWN_CODE,
                capabilities());
    }

    private Set<Capability> capabilities() {
        Set<Capability> capabilities = EnumSet.noneOf(Capability.class);
        if (domid == CONTROL_DOMID) {
            capabilities.add(Capability.CONTROL);
            capabilities.add(Capability.HARDWARE);
        }
        if ((flags & XENSTORE) != 0) {
            capabilities.add(Capability.XENSTORE);
        }
        return capabilities;
    }
}
