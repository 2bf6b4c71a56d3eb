package org.jxenstored.xen.domain;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jxenstored.hypervisor.DomainState;
import org.jxenstored.xen.device.Failures;

/** Domains as libxenctrl lists them: no unique ids, no record of who changed. */
final class ListedDomains implements XenDomains {
    /** Records asked for at once. */
    private static final int AT_ONCE = 64;

    private final LibXenCtrl library;
    private final int recordSize;

    /**
     * @param recordSize bytes, checked
     */
    ListedDomains(LibXenCtrl library, int recordSize) {
        this.library = library;
        this.recordSize = recordSize;
    }

    @Override
    public List<DomainState> list() {
        List<DomainState> states = new ArrayList<>();
        int first = 0;
        while (true) {
            List<InfoRecord> records = ask(first, AT_ONCE);
            records.forEach(each -> states.add(each.state()));
            if (records.size() < AT_ONCE) {
                return states;
            }
            first = records.getLast().domid() + 1;
        }
    }

    @Override
    public Optional<DomainState> find(int domid) {
        return ask(domid, 1).stream()
                .filter(each -> each.domid() == domid)
                .map(InfoRecord::state)
                .findFirst();
    }

    private List<InfoRecord> ask(int first, int most) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment records = arena.allocate((long) recordSize * most, Long.BYTES);
            int count = library.list(first, most, records);
            if (count < 0) {
                throw new IllegalStateException("Xen does not tell which domains exist: " + Failures.describe(-count));
            }
            List<InfoRecord> read = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                read.add(InfoRecord.read(records, (long) i * recordSize));
            }
            return read;
        }
    }

    @Override
    public boolean recordsChanges() {
        return false;
    }

    @Override
    public List<Integer> takeChanged() {
        return List.of();
    }

    @Override
    public void close() {
        library.close();
    }
}
