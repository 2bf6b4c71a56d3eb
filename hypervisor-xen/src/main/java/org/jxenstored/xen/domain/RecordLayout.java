package org.jxenstored.xen.domain;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.hypervisor.Obstacle;
import org.jxenstored.xen.device.Failures;
import org.jxenstored.xen.foreign.SystemCalls;

/**
 * How long a record of getdomaininfolist is in a version of Xen, and the proof that it is so here.
 *
 * <p>What {@link InfoRecord} reads has the same place in all known versions; what follows it has not. 4.17 on amd64
 * was tried, the others are worked out from the published interface; {@link #check} refuses a wrong one.
 *
 * @param amd64 bytes of a record there
 * @param aarch64 bytes of a record there
 */
record RecordLayout(int amd64, int aarch64) {
    private static final RecordLayout BEFORE_ADDRESS_BITS = new RecordLayout(104, 112);
    private static final RecordLayout WITH_ADDRESS_BITS = new RecordLayout(112, 120);

    private static final Map<XenVersion, RecordLayout> KNOWN = new TreeMap<>(Map.of(
            new XenVersion(4, 14), BEFORE_ADDRESS_BITS,
            new XenVersion(4, 15), BEFORE_ADDRESS_BITS,
            new XenVersion(4, 16), WITH_ADDRESS_BITS,
            new XenVersion(4, 17), WITH_ADDRESS_BITS,
            new XenVersion(4, 18), WITH_ADDRESS_BITS,
            new XenVersion(4, 19), WITH_ADDRESS_BITS,
            new XenVersion(4, 20), WITH_ADDRESS_BITS));

    /** Bytes to fill memory with: where both are still there, nothing was written. */
    private static final List<Byte> FILLINGS = List.of((byte) 0xA5, (byte) 0x5A);

    /** How much more room there is than is asked for, in case more is written. */
    private static final int MARGIN = 4;

    /** The known versions, for people. */
    static String known() {
        return KNOWN.keySet().stream().map(XenVersion::toString).collect(Collectors.joining(", "));
    }

    /**
     * Bytes of a record of this version; empty if the version is not known.
     *
     * @param architecture the JDK's name of it
     */
    static Optional<Integer> size(XenVersion version, String architecture) {
        return Optional.ofNullable(KNOWN.get(version))
                .map(layout -> architecture.equals("aarch64") ? layout.aarch64 : layout.amd64);
    }

    /**
     * Asks for one and for two records and looks at what the library wrote.
     *
     * @param size bytes of a record
     * @throws HypervisorException if that is not what records of this size look like
     */
    static void check(LibXenCtrl library, int size) throws HypervisorException {
        for (int most = 1; most <= 2; most++) {
            long written = 0;
            for (byte filling : FILLINGS) {
                written = Math.max(written, ask(library, size, most, filling));
            }
            if (written != (long) size * most) {
                throw new HypervisorException(
                        Obstacle.UNKNOWN_VERSION,
                        library.name() + " writes " + written + " bytes for " + most + " domains, " + size * most
                                + " are expected: it is not the library of a released Xen");
            }
        }
    }

    /** Returns where the bytes that were written end. */
    private static long ask(LibXenCtrl library, int size, int most, byte filling) throws HypervisorException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment records =
                    arena.allocate((long) size * most * MARGIN, Long.BYTES).fill(filling);
            int count = library.list(0, most, records);
            if (count < 0) {
                throw refused(library, -count);
            }
            checkRecords(library, records, count, size, most);
            long end = records.byteSize();
            while (end > 0 && records.get(ValueLayout.JAVA_BYTE, end - 1) == filling) {
                end--;
            }
            return end;
        }
    }

    private static HypervisorException refused(LibXenCtrl library, int errno) {
        // What Xen says to a library of another version; a security policy says the same.
        if (errno == SystemCalls.EACCES) {
            return new HypervisorException(
                    Obstacle.UNKNOWN_VERSION,
                    "Xen does not accept " + library.name() + " (EACCES): install the one that was built with the Xen"
                            + " that runs; if it is that one, Xen's security policy forbids it");
        }
        return new HypervisorException(
                Obstacle.NO_RIGHTS,
                "Xen does not tell this domain which domains exist (" + Failures.describe(errno) + " by "
                        + library.name()
                        + "): xenstored runs in the control domain, or in the domain that was made for it");
    }

    /** The first domain runs, so its record cannot look like anything. */
    private static void checkRecords(LibXenCtrl library, MemorySegment records, int count, int size, int most)
            throws HypervisorException {
        List<InfoRecord> seen = new ArrayList<>();
        boolean plausible = count > 0 && count <= most;
        for (int i = 0; plausible && i < count; i++) {
            InfoRecord each = InfoRecord.read(records, (long) i * size);
            plausible = seen.isEmpty()
                    ? each.isPlausible()
                    : each.domid() > seen.getLast().domid();
            seen.add(each);
        }
        if (!plausible) {
            throw new HypervisorException(
                    Obstacle.UNKNOWN_VERSION,
                    library.name() + " describes domains in a way that is not known, it is not the library of a"
                            + " released Xen: " + count + " domains, " + seen);
        }
    }
}
