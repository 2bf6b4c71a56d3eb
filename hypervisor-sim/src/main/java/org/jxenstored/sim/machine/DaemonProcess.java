package org.jxenstored.sim.machine;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.jxenstored.hypervisor.BackendCommand.Result;
import org.jxenstored.hypervisor.DaemonAddress;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.hypervisor.OwnRing;
import org.jxenstored.protocol.Errno;
import org.jxenstored.sim.SimRingMapper;
import org.jxenstored.sim.SimulatedMachine;
import org.jxenstored.sim.SimulatedXen;
import org.jxenstored.sim.remote.Call;
import org.jxenstored.sim.remote.Messages;
import org.jxenstored.sim.remote.Told;

/** A daemon that is connected, as the machine sees it; what is told to it may come from any thread, the rest is for one. */
final class DaemonProcess {
    private static final Logger LOG = System.getLogger(DaemonProcess.class.getName());
    private static final int ROOM = 4096;

    private final SocketChannel channel;
    private final SelectionKey key;
    private final SimulatedXen xen;
    private final Dom0News dom0;
    private final Queue<ByteBuffer> unsent = new ConcurrentLinkedQueue<>();
    private final Map<Integer, SimRingMapper.Ring> mapped = new HashMap<>();
    private ByteBuffer come = ByteBuffer.allocate(ROOM);
    private int lastMapping;
    private boolean serves;
    private volatile boolean ended;

    private DaemonProcess(SocketChannel channel, SelectionKey key, SimulatedXen xen, Dom0News dom0) {
        this.channel = channel;
        this.key = key;
        this.xen = xen;
        this.dom0 = dom0;
    }

    static DaemonProcess welcome(SocketChannel channel, Selector selector, SimulatedMachine machine, Dom0News dom0)
            throws IOException {
        var _ = channel.configureBlocking(false);
        SimulatedXen xen = machine.daemonStarts();
        DaemonProcess daemon = new DaemonProcess(channel, channel.register(selector, SelectionKey.OP_READ), xen, dom0);
        xen.eventChannels().listen(port -> daemon.tell(new Told.Pending(port)));
        daemon.tell(new Told.Hello(
                Told.VERSION,
                xen.domains().recordsChanges(),
                xen.controlDomainPort().orElse(0),
                xen.host().boot()));
        return daemon;
    }

    /** Queues a message, which the thread of the selector sends soon. */
    private void tell(Told told) {
        if (!ended) {
            unsent.add(Messages.of(told::write));
            key.selector().wakeup();
        }
    }

    /** Sends what can be sent without waiting. */
    void flush() {
        try {
            for (ByteBuffer next = unsent.peek(); next != null; next = unsent.peek()) {
                var _ = channel.write(next);
                if (next.hasRemaining()) {
                    key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
                    return;
                }
                unsent.remove();
            }
            key.interestOps(SelectionKey.OP_READ);
        } catch (IOException end) {
            // Reading says so, too, after all that was said before.
            LOG.log(Level.DEBUG, "a daemon does not listen any more", end);
            unsent.clear();
        }
    }

    /** Does all that was asked so far; false if the daemon has ended, and all it had is given back. */
    boolean read() {
        try {
            int count = channel.read(come);
            while (count > 0) {
                come.flip();
                Optional<Call> call = Messages.take(come, Call::read);
                while (call.isPresent()) {
                    carryOut(call.get());
                    call = Messages.take(come, Call::read);
                }
                come = Messages.withRoom(come);
                count = channel.read(come);
            }
            if (count == 0) {
                return true;
            }
        } catch (IOException e) {
            // It was killed: what it had sent before is done.
            LOG.log(Level.DEBUG, "a daemon is gone", e);
        }
        end();
        return false;
    }

    /** As when a process ends: its ports are closed and its pages unmapped. */
    void end() {
        ended = true;
        xen.processEnds();
        if (serves) {
            dom0.daemonIsGone();
        }
        try {
            channel.close();
        } catch (IOException harmless) {
            LOG.log(Level.DEBUG, "{0}", harmless);
        }
    }

    private void carryOut(Call call) {
        try {
            answer(call).ifPresent(this::tell);
        } catch (HypervisorException refused) {
            tell(new Told.Refused(refused.errno(), String.valueOf(refused.getMessage())));
        } catch (RuntimeException defect) {
            LOG.log(Level.ERROR, "cannot carry out " + call, defect);
            tell(new Told.Refused(Errno.EIO, "the simulated machine fails: " + defect));
        }
    }

    private Optional<Told> answer(Call call) throws HypervisorException {
        return switch (call) {
            case Call.ListDomains() ->
                Optional.of(new Told.Domains(xen.domains().list()));
            case Call.FindDomain(int domid) ->
                Optional.of(
                        new Told.Domains(xen.domains().find(domid).map(List::of).orElse(List.of())));
            case Call.TakeChanged() ->
                Optional.of(new Told.Changed(xen.domains().takeChanged()));
            case Call.BindDomainException() ->
                Optional.of(new Told.Port(xen.eventChannels().bindDomainException()));
            case Call.BindInterdomain(int domid, int remotePort) ->
                Optional.of(new Told.Port(xen.eventChannels().bindInterdomain(domid, remotePort)));
            case Call.MapRing(int domid, long gfn) ->
                Optional.of(map(domid, 0, xen.rings().map(domid, gfn)));
            case Call.MapOwnRing() -> Optional.of(mapOwn());
            default -> {
                obey(call);
                yield Optional.empty();
            }
        };
    }

    private Told mapOwn() {
        Optional<OwnRing> own = xen.rings().ownRing();
        if (own.isPresent() && own.get().ring() instanceof SimRingMapper.Ring ring) {
            return map(own.get().domid(), own.get().remotePort(), ring);
        }
        return new Told.NotThere();
    }

    private Told map(int domid, int remotePort, SimRingMapper.Ring ring) {
        lastMapping++;
        mapped.put(lastMapping, ring);
        return new Told.Mapped(domid, remotePort, lastMapping, ring.frame());
    }

    /** What has no answer, or one later. */
    private void obey(Call call) {
        switch (call) {
            case Call.Signal(int port) -> xen.eventChannels().signal(port);
            case Call.Unmask(int port) -> xen.eventChannels().unmask(port);
            case Call.Unbind(int port) -> xen.eventChannels().unbind(port);
            case Call.Unmap(int mapping) ->
                Optional.ofNullable(mapped.remove(mapping)).ifPresent(SimRingMapper.Ring::close);
            case Call.Serving(String socket) -> {
                serves = true;
                dom0.daemonIsServing(xen, new DaemonAddress(Path.of(socket)));
            }
            case Call.Command(int number, List<String> words) ->
                xen.commands()
                        .getFirst()
                        .run(words)
                        .whenComplete((result, defect) -> tell(new Told.CommandDone(number, outcome(result, defect))));
            default -> throw new IllegalArgumentException("not to be obeyed: " + call);
        }
    }

    private static Result outcome(@Nullable Result result, @Nullable Throwable defect) {
        if (result != null) {
            return result;
        }
        LOG.log(Level.ERROR, "a command failed", defect);
        return new Result.Failed(Errno.EIO, "the simulated machine fails: " + defect);
    }
}
