package org.jxenstored.server;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jxenstored.domain.FakeDomainStates;
import org.jxenstored.hypervisor.DomainStates;
import org.jxenstored.hypervisor.EventChannels;
import org.jxenstored.hypervisor.Hypervisor;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.hypervisor.MappedRing;
import org.jxenstored.hypervisor.OwnRing;
import org.jxenstored.hypervisor.RingMapper;
import org.jxenstored.protocol.Errno;
import org.jxenstored.protocol.RingPage;

/** A hypervisor whose pages and event channels a test holds in its hands. */
final class FakeXen implements Hypervisor, EventChannels, RingMapper {
    private static final int REQUEST_PRODUCER = 2052;

    final FakeDomainStates states;
    final List<Integer> signals = new ArrayList<>();
    final List<String> deeds = new ArrayList<>();
    private final Map<Integer, MemorySegment> pages = new HashMap<>();
    final Set<Integer> unmappable = new HashSet<>();

    /** Ports of guests that cannot be bound. */
    final Set<Integer> unbindable = new HashSet<>(Set.of(666));

    private PendingListener listener = _ -> {};
    private Optional<OwnRing> own = Optional.empty();

    /** Of the ring that was bound last. */
    int lastPort;

    /** A Xen with unique ids and a record of changes. */
    FakeXen() {
        this(new FakeDomainStates());
    }

    FakeXen(FakeDomainStates states) {
        this.states = states;
    }

    /** Has the daemon run in this domain, whose kernel left this port for it. */
    void runIn(int domid, int port) {
        own = Optional.of(new OwnRing(domid, port, mapping(domid)));
    }

    /** What this number's domain shares from now on is another page; mappings of the old one stay. */
    RingPage replacePage(int domid) {
        pages.remove(domid);
        return page(domid);
    }

    /** The page as the guest sees it. */
    RingPage page(int domid) {
        return new RingPage(memory(domid));
    }

    /** The bytes of that page. */
    MemorySegment memory(int domid) {
        return pages.computeIfAbsent(domid, _ -> Arena.ofAuto().allocate(RingPage.SIZE, 8));
    }

    /** Makes the request indexes of a page contradict each other. */
    void breakIndexes(int domid) {
        memory(domid).set(ValueLayout.JAVA_INT, REQUEST_PRODUCER, 5000);
    }

    void fire(int port) {
        listener.pending(port);
    }

    @Override
    public DomainStates domains() {
        return states;
    }

    @Override
    public EventChannels eventChannels() {
        return this;
    }

    @Override
    public RingMapper rings() {
        return this;
    }

    @Override
    public MappedRing map(int domid, long gfn) throws HypervisorException {
        if (states.find(domid).isEmpty()) {
            throw new HypervisorException(Errno.EINVAL, "no domain " + domid);
        }
        if (unmappable.contains(domid)) {
            throw new HypervisorException(Errno.EINVAL, "domain " + domid + " does not let us map its page");
        }
        deeds.add("map " + domid);
        return mapping(domid);
    }

    private MappedRing mapping(int domid) {
        RingPage page = page(domid);
        return new MappedRing() {
            @Override
            public RingPage page() {
                return page;
            }

            @Override
            public void close() {
                deeds.add("unmap " + domid);
            }
        };
    }

    @Override
    public Optional<OwnRing> ownRing() {
        return own;
    }

    @Override
    public void listen(PendingListener told) {
        listener = told;
    }

    @Override
    public int bindDomainException() {
        return ++lastPort;
    }

    @Override
    public int bindInterdomain(int domid, int remotePort) throws HypervisorException {
        if (unbindable.contains(remotePort)) {
            throw new HypervisorException(Errno.EINVAL, "port " + remotePort + " is not for us");
        }
        if (remotePort == 667) {
            throw new IllegalStateException("the device is broken");
        }
        deeds.add("bind " + domid + " " + remotePort);
        return ++lastPort;
    }

    @Override
    public void signal(int port) {
        signals.add(port);
    }

    @Override
    public void unmask(int port) {
        deeds.add("unmask " + port);
    }

    @Override
    public void unbind(int port) {
        deeds.add("unbind " + port);
    }

    @Override
    public void close() {}
}
