package org.jxenstored.xen.fake;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.jxenstored.protocol.RingPage;

/** A host with domains. It outlives the processes that look at it through a {@link FakeKernel}. */
public final class FakeMachine {
    /** The domain with the kernel that our processes run on. */
    public final FakeDomain dom0 = new FakeDomain(0);

    /** What was signalled, as domid:port of the other end. */
    public final List<String> signals = new ArrayList<>();

    private final Map<Integer, FakeDomain> domains = new TreeMap<>(Map.of(0, dom0));

    /** Who changed since VIRQ_DOM_EXC was bound. */
    final TreeSet<Integer> changed = new TreeSet<>();

    /** Who has VIRQ_DOM_EXC. */
    @Nullable
    EventChannelFile virqOwner;

    /** A domain. */
    public static final class FakeDomain {
        public final int domid;
        public final MemorySegment memory = Arena.ofAuto().allocate(RingPage.SIZE, RingPage.SIZE);

        /** Ports that wait for a process of ours. */
        public final List<Integer> waiting = new ArrayList<>();

        /** True while grant 1 is the page. */
        public boolean granted = true;

        /** The page's frame number. */
        public long gfn;

        public int flags = 0xFFFF_0020;
        public long pages = 32768;
        public int onlineVcpus = 1;
        public int maxVcpuId;

        /** As get_domain_state has them. */
        public int state = 1;

        public int capabilities;
        public long uniqueId;

        FakeDomain(int domid) {
            this.domid = domid;
            this.gfn = 1000L + domid;
            this.uniqueId = 0x7000_0000_0000L + domid;
            this.capabilities = domid == 0 ? 3 : 0;
        }

        /** The page as the domain sees it. */
        public RingPage page() {
            return new RingPage(memory);
        }
    }

    /** Makes a domain with a port that waits for the store. */
    public synchronized FakeDomain create(int domid, int port) {
        FakeDomain domain = new FakeDomain(domid);
        domain.waiting.add(port);
        domains.put(domid, domain);
        changed.add(domid);
        return domain;
    }

    /** The domain is gone. */
    public synchronized void free(int domid) {
        domains.remove(domid);
        changed.add(domid);
    }

    /** Xen has news of this domain, and tells. */
    public void tell(int domid) {
        @Nullable EventChannelFile told;
        synchronized (this) {
            changed.add(domid);
            told = virqOwner;
        }
        if (told != null) {
            told.fireVirq();
        }
    }

    public synchronized @Nullable FakeDomain find(int domid) {
        return domains.get(domid);
    }

    /** All, ascending. */
    public synchronized List<FakeDomain> domains() {
        return List.copyOf(domains.values());
    }
}
