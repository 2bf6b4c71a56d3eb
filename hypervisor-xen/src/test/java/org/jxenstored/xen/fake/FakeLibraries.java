package org.jxenstored.xen.fake;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.jxenstored.xen.fake.FakeMachine.FakeDomain;
import org.jxenstored.xen.foreign.Libraries;
import org.jxenstored.xen.foreign.SystemCalls;

/** Xen's libraries, over a {@link FakeMachine}. */
public final class FakeLibraries implements Libraries {
    /** A refusal that leaves errno 0. */
    public static final int NO_REASON = NativeStub.NO_REASON;

    private static final long HANDLE = 0x1234;

    /** Names that were asked for. */
    public final List<String> asked = new ArrayList<>();

    /** If not 0, the errno of all questions about domains. */
    public int refusal;

    /** If not 0, the errno of opening a library's interface. */
    public int openRefusal;

    /** What libxenmanage says of a domain that does not exist: another errno to a domain that does not control the host. */
    public int noDomain = SystemCalls.ESRCH;

    /** How many interfaces are open. */
    public int open;

    private final FakeMachine machine;
    private final Map<String, SymbolLookup> installed = new HashMap<>();

    public FakeLibraries(FakeMachine machine) {
        this.machine = machine;
    }

    @Override
    public Optional<SymbolLookup> load(String name) {
        asked.add(name);
        return Optional.ofNullable(installed.get(name));
    }

    /** These, and where they have none of that name those. */
    public Libraries elseIn(FakeLibraries others) {
        return new Libraries() {
            @Override
            public Optional<SymbolLookup> load(String name) {
                return FakeLibraries.this.load(name).or(() -> others.load(name));
            }

            @Override
            public String whyNot(String name) {
                return others.whyNot(name);
            }
        };
    }

    @Override
    public String whyNot(String name) {
        return name + ": of all that it needs something is missing";
    }

    /** A library that has none of the functions we want. */
    public FakeLibraries withEmpty(String name) {
        installed.put(name, _ -> Optional.empty());
        return this;
    }

    /** A libxenctrl of this name whose records have this many bytes. */
    public FakeLibraries withXenCtrl(String name, int recordSize) {
        Map<String, MemorySegment> functions = Map.of(
                "xc_interface_open",
                NativeStub.ofPointer((_, _, _, _, _) -> open()),
                "xc_interface_close",
                NativeStub.ofInt((handle, _, _, _, _) -> close(handle)),
                "xc_domain_getinfolist",
                NativeStub.ofInt((handle, first, most, records, _) ->
                        handle == HANDLE ? infoList((int) first, (int) most, records, recordSize) : -22));
        installed.put(name, function -> Optional.ofNullable(functions.get(function)));
        return this;
    }

    /** libxenmanage. */
    public FakeLibraries withXenManage() {
        Map<String, MemorySegment> functions = Map.of(
                "xenmanage_open",
                NativeStub.ofPointer((_, flags, _, _, _) -> flags == 0 ? open() : -22),
                "xenmanage_close",
                NativeStub.ofInt((handle, _, _, _, _) -> close(handle)),
                "xenmanage_get_domain_info",
                NativeStub.ofInt(this::domainInfo),
                "xenmanage_poll_changed_domain",
                NativeStub.ofInt(this::pollChanged));
        installed.put("libxenmanage.so.1", function -> Optional.ofNullable(functions.get(function)));
        return this;
    }

    private long open() {
        if (openRefusal != 0) {
            return -openRefusal;
        }
        open++;
        return HANDLE;
    }

    private long close(long handle) {
        open -= handle == HANDLE ? 1 : 0;
        return 0;
    }

    /** As the real one, it writes all the room it was given. */
    private long infoList(int first, int most, long to, int recordSize) {
        if (refusal != 0) {
            return -refusal;
        }
        MemorySegment records = NativeStub.at(to, (long) recordSize * most).fill((byte) 0);
        int count = 0;
        for (FakeDomain domain : machine.domains()) {
            if (domain.domid >= first && count < most) {
                write(records.asSlice((long) recordSize * count++, recordSize), domain);
            }
        }
        return count;
    }

    private static void write(MemorySegment record, FakeDomain domain) {
        record.set(ValueLayout.JAVA_SHORT, 0, (short) domain.domid);
        record.set(ValueLayout.JAVA_INT, 4, domain.flags);
        record.set(ValueLayout.JAVA_LONG, 8, domain.pages);
        record.set(ValueLayout.JAVA_INT, 64, domain.onlineVcpus);
        record.set(ValueLayout.JAVA_INT, 68, domain.maxVcpuId);
    }

    private long domainInfo(long handle, long domid, long state, long capabilities, long uniqueId) {
        if (refusal != 0) {
            return -refusal;
        }
        FakeDomain domain = machine.find((int) domid);
        if (handle != HANDLE || domid >= 0x7FF0) {
            return -22;
        }
        return domain == null ? -noDomain : tell(domain, state, capabilities, uniqueId);
    }

    private long pollChanged(long handle, long domid, long state, long capabilities, long uniqueId) {
        if (refusal != 0) {
            return -refusal;
        }
        @Nullable Integer changed = machine.changed.pollFirst();
        if (handle != HANDLE || changed == null) {
            return -SystemCalls.ENOENT;
        }
        NativeStub.at(domid, Integer.BYTES).set(ValueLayout.JAVA_INT, 0, changed);
        return tell(machine.find(changed), state, capabilities, uniqueId);
    }

    private static long tell(@Nullable FakeDomain domain, long state, long capabilities, long uniqueId) {
        NativeStub.at(state, Integer.BYTES).set(ValueLayout.JAVA_INT, 0, domain == null ? 0 : domain.state);
        NativeStub.at(capabilities, Integer.BYTES)
                .set(ValueLayout.JAVA_INT, 0, domain == null ? 0 : domain.capabilities);
        NativeStub.at(uniqueId, Long.BYTES).set(ValueLayout.JAVA_LONG, 0, domain == null ? 0 : domain.uniqueId);
        return 0;
    }
}
