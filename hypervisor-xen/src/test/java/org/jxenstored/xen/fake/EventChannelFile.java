package org.jxenstored.xen.fake;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import org.jxenstored.xen.fake.FakeMachine.FakeDomain;
import org.jxenstored.xen.foreign.SystemCalls;

/** The event channel device as one process has it open. */
final class EventChannelFile implements OpenFile {
    private static final int ENOTCONN = -107;
    private static final long RESET = 0x4505;

    private final FakeKernel kernel;
    private final FakeMachine machine;

    /** By local port. */
    private final Map<Integer, Remote> bound = new HashMap<>();

    private final Queue<Integer> fired = new ArrayDeque<>();
    private boolean overflown;
    private final Set<Integer> masked = new HashSet<>();
    private final Set<Integer> pending = new HashSet<>();

    /** The other end; domid -1 for the VIRQ. */
    private record Remote(int domid, int port) {
        static final Remote VIRQ = new Remote(-1, 0);
    }

    EventChannelFile(FakeKernel kernel, FakeMachine machine) {
        this.kernel = kernel;
        this.machine = machine;
    }

    @Override
    public int request(long number, MemorySegment argument) {
        if (number == RESET) {
            overflown = false;
            fired.clear();
            return 0;
        }
        int first = argument.get(ValueLayout.JAVA_INT, 0);
        return switch ((int) number) {
            case 0x44500 -> first == 3 ? bindVirq() : EINVAL;
            case 0x84501 -> bindInterdomain(first, argument.get(ValueLayout.JAVA_INT, 4));
            case 0x44503 -> unbind(first);
            case 0x44504 -> notify(first);
            default -> ENOTTY;
        };
    }

    private int bindVirq() {
        synchronized (machine) {
            if (machine.virqOwner != null) {
                return -SystemCalls.EEXIST;
            }
            machine.virqOwner = this;
            machine.domains().forEach(domain -> machine.changed.add(domain.domid));
            return bind(Remote.VIRQ);
        }
    }

    private int bindInterdomain(int domid, int port) {
        synchronized (machine) {
            FakeDomain domain = machine.find(domid);
            if (domain == null || !domain.waiting.remove(Integer.valueOf(port))) {
                return EINVAL;
            }
            int local = bind(new Remote(domid, port));
            fire(local);
            return local;
        }
    }

    private int bind(Remote remote) {
        int local = kernel.nextPort();
        bound.put(local, remote);
        return local;
    }

    private int unbind(int port) {
        Remote remote = bound.remove(port);
        if (remote == null) {
            return ENOTCONN;
        }
        masked.remove(port);
        pending.remove(port);
        release(remote);
        return 0;
    }

    private void release(Remote remote) {
        synchronized (machine) {
            FakeDomain domain = machine.find(remote.domid());
            if (remote.equals(Remote.VIRQ)) {
                machine.virqOwner = null;
                machine.changed.clear();
            } else if (domain != null) {
                domain.waiting.add(remote.port());
            }
        }
    }

    private int notify(int port) {
        Remote remote = bound.get(port);
        if (remote == null) {
            return ENOTCONN;
        }
        machine.signals.add(remote.domid() + ":" + remote.port());
        return 0;
    }

    void fireVirq() {
        fire(Remote.VIRQ);
    }

    void fire(int domid, int remotePort) {
        fire(new Remote(domid, remotePort));
    }

    private void fire(Remote remote) {
        synchronized (kernel) {
            bound.entrySet().stream()
                    .filter(each -> each.getValue().equals(remote))
                    .forEach(each -> fire(each.getKey()));
        }
    }

    private void fire(int port) {
        if (masked.add(port)) {
            fired.add(port);
        } else {
            pending.add(port);
        }
        kernel.notifyAll();
    }

    /** What fired and was not read is lost, and all that is bound stays masked. */
    void overflow() {
        overflown = true;
        fired.clear();
        masked.addAll(bound.keySet());
    }

    @Override
    public int read(MemorySegment to, int bytes) {
        if (overflown) {
            return -SystemCalls.EFBIG;
        }
        int count = 0;
        while (!fired.isEmpty() && (count + 1) * Integer.BYTES <= bytes) {
            to.setAtIndex(ValueLayout.JAVA_INT, count++, fired.remove());
        }
        return count == 0 ? -SystemCalls.EAGAIN : count * Integer.BYTES;
    }

    @Override
    public int write(MemorySegment from, int bytes) {
        for (int i = 0; i < bytes / Integer.BYTES; i++) {
            int port = from.getAtIndex(ValueLayout.JAVA_INT, i);
            if (bound.containsKey(port) && masked.remove(port) && pending.remove(port)) {
                fire(port);
            }
        }
        return bytes;
    }

    @Override
    public boolean isReadable() {
        return overflown || !fired.isEmpty();
    }

    @Override
    public void close() {
        bound.values().forEach(this::release);
        bound.clear();
    }
}
