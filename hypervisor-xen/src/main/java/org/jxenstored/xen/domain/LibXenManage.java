package org.jxenstored.xen.domain;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.util.EnumSet;
import java.util.Set;
import org.jxenstored.hypervisor.DomainState;
import org.jxenstored.hypervisor.DomainState.Capability;
import org.jxenstored.hypervisor.DomainState.Life;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.hypervisor.Obstacle;
import org.jxenstored.xen.device.Failures;
import org.jxenstored.xen.foreign.NativeFunction;

/** The stable library over get_domain_state (lifecycle.md 8.1). */
final class LibXenManage implements AutoCloseable {
    static final String NAME = "libxenmanage.so.1";

    private static final int EXISTS = 1;
    private static final int SHUTDOWN = 2;
    private static final int DYING = 4;
    private static final int DEAD = 8;

    private static final int CONTROL = 1;
    private static final int HARDWARE = 2;
    private static final int XENSTORE = 4;

    private static final long DOMID = 0;
    private static final long STATE = 4;
    private static final long CAPABILITIES = 8;
    private static final long UNIQUE_ID = 16;
    private static final long ANSWER_SIZE = 24;

    private final NativeFunction close;
    private final NativeFunction domainInfo;
    private final NativeFunction pollChanged;
    private final long handle;

    private LibXenManage(SymbolLookup library) throws HypervisorException {
        close = function(library, "xenmanage_close");
        domainInfo = function(library, "xenmanage_get_domain_info");
        pollChanged = function(library, "xenmanage_poll_changed_domain");
        handle = function(library, "xenmanage_open").toAddress(0, 0, 0, 0, 0, 0);
        if (handle < 0) {
            throw new HypervisorException(Obstacle.OTHER, NAME + " does not open: " + Failures.describe((int) -handle));
        }
    }

    static LibXenManage open(SymbolLookup library) throws HypervisorException {
        return new LibXenManage(library);
    }

    private static NativeFunction function(SymbolLookup library, String name) throws HypervisorException {
        return NativeFunction.find(library, name)
                .orElseThrow(() -> new HypervisorException(
                        Obstacle.MISSING_PART, NAME + " has no " + name + ": install the one of a released Xen"));
    }

    /** What came of a question. */
    sealed interface Answer {
        /** Something is known of this domid. */
        record Told(int domid, boolean exists, DomainState state) implements Answer {}

        /** Xen gave an error. */
        record Failed(int errno) implements Answer {}
    }

    /** One domain; ESRCH if there is none. */
    Answer find(int domid) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment answer = arena.allocate(ANSWER_SIZE, Long.BYTES);
            answer.set(ValueLayout.JAVA_INT, DOMID, domid);
            long at = answer.address();
            int result = domainInfo.toInt(handle, domid, at + STATE, at + CAPABILITIES, at + UNIQUE_ID, 0);
            return result < 0 ? new Answer.Failed(-result) : told(answer);
        }
    }

    /** The lowest domid that changed, which is no news from now on; ENOENT if none did. */
    Answer takeChanged() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment answer = arena.allocate(ANSWER_SIZE, Long.BYTES);
            long at = answer.address();
            int result = pollChanged.toInt(handle, at + DOMID, at + STATE, at + CAPABILITIES, at + UNIQUE_ID, 0);
            return result < 0 ? new Answer.Failed(-result) : told(answer);
        }
    }

    private static Answer.Told told(MemorySegment answer) {
        int domid = answer.get(ValueLayout.JAVA_INT, DOMID);
        int state = answer.get(ValueLayout.JAVA_INT, STATE);
        return new Answer.Told(
                domid,
                (state & EXISTS) != 0,
                new DomainState(
                        domid,
                        answer.get(ValueLayout.JAVA_LONG, UNIQUE_ID),
                        life(state),
                        (state & SHUTDOWN) != 0,
                        DomainState.NO_SHUTDOWN_CODE,
                        capabilities(answer.get(ValueLayout.JAVA_INT, CAPABILITIES))));
    }

    private static Life life(int state) {
        if ((state & DEAD) != 0) {
            return Life.DEAD;
        }
        return (state & DYING) != 0 ? Life.DYING : Life.ALIVE;
    }

    private static Set<Capability> capabilities(int bits) {
        Set<Capability> capabilities = EnumSet.noneOf(Capability.class);
        if ((bits & CONTROL) != 0) {
            capabilities.add(Capability.CONTROL);
        }
        if ((bits & HARDWARE) != 0) {
            capabilities.add(Capability.HARDWARE);
        }
        if ((bits & XENSTORE) != 0) {
            capabilities.add(Capability.XENSTORE);
        }
        return capabilities;
    }

    @Override
    public void close() {
        close.toInt(handle, 0, 0);
    }
}
