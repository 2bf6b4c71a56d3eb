package org.jxenstored.xen.domain;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.hypervisor.Obstacle;
import org.jxenstored.xen.device.Failures;

/**
 * How long a record of getdomaininfolist is in each Xen version, and the proof that it is so here.
 *
 * <p>What {@link InfoRecord} reads has the same place in all of them; what follows it has not.
 */
final class RecordLayout {
    private static final Map<XenVersion, Integer> SIZES = new TreeMap<>(Map.of(new XenVersion(4, 17), 112));

    /** Two bytes to fill memory with: what is not written over stays the one and the other. */
    private static final List<Byte> FILLINGS = List.of((byte) 0xA5, (byte) 0x5A);

    private static final int MARGIN = 4;

    private RecordLayout() {}

    /** Bytes of a record, empty if the version is not known. */
    static OptionalInt size(XenVersion version) {
        Integer size = SIZES.get(version);
        return size == null ? OptionalInt.empty() : OptionalInt.of(size);
    }

    /** The known versions, for people. */
    static String known() {
        return SIZES.keySet().stream().map(XenVersion::toString).collect(Collectors.joining(", "));
    }

    /**
     * Asks for one and for two records and looks at what the library wrote.
     *
     * @throws HypervisorException if that is not what records of this size look like
     */
    static void check(LibXenCtrl library, String name, int size) throws HypervisorException {
        for (int most = 1; most <= 2; most++) {
            checkRoom(library, name, size, most);
        }
    }

    private static void checkRoom(LibXenCtrl library, String name, int size, int most) throws HypervisorException {
        long written = 0;
        for (byte filling : FILLINGS) {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment records =
                        arena.allocate((long) size * most * MARGIN, Long.BYTES).fill(filling);
                int count = library.list(0, most, records);
                if (count < 0) {
                    throw refused(name, -count);
                }
                checkRecords(records, count, size, most, name);
                written = Math.max(written, end(records, filling));
            }
        }
        if (written != (long) size * most) {
            throw new HypervisorException(
                    Obstacle.UNKNOWN_VERSION,
                    name + " writes " + written + " bytes for " + most + " domains where " + (long) size * most
                            + " are known: it is not the library of a released Xen");
        }
    }

    private static HypervisorException refused(String name, int errno) {
        return new HypervisorException(
                Obstacle.NO_RIGHTS,
                "Xen does not tell this domain which domains exist (" + Failures.describe(errno) + " by " + name
                        + "): xenstored runs in the control domain, or in the domain that was made for it");
    }

    private static void checkRecords(MemorySegment records, int count, int size, int most, String name)
            throws HypervisorException {
        int before = -1;
        List<InfoRecord> seen = new ArrayList<>();
        boolean plausible = count > 0 && count <= most;
        for (int i = 0; plausible && i < count; i++) {
            InfoRecord each = InfoRecord.read(records, (long) i * size);
            plausible = each.domid() > before && (i > 0 || each.isPlausible());
            before = each.domid();
            seen.add(each);
        }
        if (!plausible) {
            throw new HypervisorException(
                    Obstacle.UNKNOWN_VERSION,
                    name + " describes domains in a way that is not known, it is not the library of a released Xen: "
                            + count + " domains, " + seen);
        }
    }

    /** Where the bytes that were written end. */
    private static long end(MemorySegment records, byte filling) {
        long end = records.byteSize();
        while (end > 0 && records.get(ValueLayout.JAVA_BYTE, end - 1) == filling) {
            end--;
        }
        return end;
    }
}
