package org.jxenstored.server;

import io.netty.channel.Channel;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jxenstored.control.Control;
import org.jxenstored.engine.ConsistencyCheck;
import org.jxenstored.engine.Engine;
import org.jxenstored.engine.EngineClock;
import org.jxenstored.engine.EngineConfig;
import org.jxenstored.engine.RingHost.Attachment.Refused;
import org.jxenstored.engine.StateListener;
import org.jxenstored.hypervisor.EventChannels;
import org.jxenstored.hypervisor.EventChannels.PendingListener;
import org.jxenstored.hypervisor.Hypervisor;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.hypervisor.PendingSource;
import org.jxenstored.journal.Journal;
import org.jxenstored.journal.Opened;
import org.jxenstored.listener.EventLoopThread;
import org.jxenstored.listener.PendingWait;
import org.jxenstored.trace.Tracer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engine with its sockets, its rings and its hypervisor, on one event loop thread. */
public final class XenstoreServer {
    private static final Logger log = LoggerFactory.getLogger(XenstoreServer.class);

    /** How often rings are looked at although nobody called (S-RING-16). */
    private static final long LOST_NOTIFICATION_MILLIS = 500;

    /** How often all domains are looked at although no VIRQ came (L-SCAN-13). */
    private static final long FULL_SCAN_MILLIS = 30_000;

    private static final int NOT_BOUND = -1;

    private final EventExecutor loop;
    private final Hypervisor hypervisor;
    private final Tracer tracer;
    private final Turns turns;
    private final GuestTurns guests;
    private final Rings rings;
    private final Engine engine;
    private final TakeOver takeOver;
    private final ByteBuffer transfer = ByteBuffer.allocateDirect(SocketWriter.BUFFER_SIZE);
    private final List<Future<?>> repeated = new ArrayList<>();
    private final PendingWaiter waiter;
    private Optional<PendingWait> pendingWait = Optional.empty();
    private Optional<Journal> journal = Optional.empty();
    private int exceptionPort = NOT_BOUND;

    /** An event loop that may be able to wait for event channels itself. */
    @FunctionalInterface
    private interface PendingWaiter {
        Optional<PendingWait> await(PendingSource source, PendingListener listener);
    }

    private XenstoreServer(
            EngineConfig config,
            Hypervisor hypervisor,
            EventExecutor loop,
            PendingWaiter waiter,
            ServerClock clock,
            Tracer tracer) {
        this.loop = loop;
        this.waiter = waiter;
        this.hypervisor = hypervisor;
        this.tracer = tracer;
        this.turns = new Turns(loop, clock, this::endTurn);
        this.guests = new GuestTurns(turns);
        this.rings = new Rings(hypervisor, turns, guests);
        this.engine = new Engine(config, hypervisor.domains(), rings, clock, tracer);
        SecureRandom random = new SecureRandom();
        engine.hashEventsBy(random.nextLong(), random.nextLong());
        turns.serve(engine);
        rings.serve(engine);
        engine.addControl(new Control(ControlCommands.of(engine, tracer, hypervisor, loop::execute)));
        takeOver = new TakeOver(engine, hypervisor, rings);
    }

    private void endTurn() {
        tracer.flush();
        journal.ifPresent(kept -> kept.shorten(engine.store().tree(), this::tellAllButNodes, rings::states));
    }

    /**
     * Starts to follow the hypervisor and introduces the domains that exist (S-RUN-2).
     *
     * @param loop the thread that everything runs on
     * @param state what an earlier daemon left, and where to remember; empty to remember nothing
     * @throws HypervisorException if VIRQ_DOM_EXC or the daemon's own ring cannot be had
     * @throws IOException if the state cannot be written
     */
    public static XenstoreServer start(
            EngineConfig config, Hypervisor hypervisor, EventLoopThread loop, Tracer tracer, Optional<Opened> state)
            throws HypervisorException, IOException {
        EventExecutor executor = loop.group().next();
        return start(new XenstoreServer(config, hypervisor, executor, loop::await, ServerClock.REAL, tracer), state);
    }

    /** As {@link #start(EngineConfig, Hypervisor, EventLoopThread, Tracer, Optional)}, and remembers nothing. */
    public static XenstoreServer start(EngineConfig config, Hypervisor hypervisor, EventLoopThread loop, Tracer tracer)
            throws HypervisorException {
        try {
            return start(config, hypervisor, loop, tracer, Optional.empty());
        } catch (IOException e) {
            throw new AssertionError("nothing is written", e);
        }
    }

    /**
     * As {@link #start(EngineConfig, Hypervisor, EventLoopThread, Tracer, Optional)}, on any executor and any time.
     *
     * @param loop runs one task after the other
     * @param clock goes with the time by which the loop runs what was scheduled
     */
    public static XenstoreServer start(
            EngineConfig config,
            Hypervisor hypervisor,
            EventExecutor loop,
            EngineClock clock,
            Tracer tracer,
            Optional<Opened> state)
            throws HypervisorException, IOException {
        ServerClock time = ServerClock.by(clock);
        return start(new XenstoreServer(config, hypervisor, loop, (_, _) -> Optional.empty(), time, tracer), state);
    }

    private static XenstoreServer start(XenstoreServer server, Optional<Opened> state)
            throws HypervisorException, IOException {
        return switch (server.onLoop(() -> server.beginOrClose(state))) {
            case Begun.Serving() -> server;
            case Begun.WithoutHypervisor(var refused) -> throw refused;
            case Begun.WithoutJournal(var refused) -> throw refused;
        };
    }

    /** At once: guests whose rings were taken up must not be served any more. */
    private Begun beginOrClose(Optional<Opened> state) {
        Begun begun = begin(state);
        if (!(begun instanceof Begun.Serving)) {
            close();
        }
        return begun;
    }

    /** How a start ended. */
    private sealed interface Begun {
        record Serving() implements Begun {}

        record WithoutHypervisor(HypervisorException refused) implements Begun {}

        record WithoutJournal(IOException refused) implements Begun {}
    }

    private Begun begin(Optional<Opened> state) {
        tracer.open();
        followEventChannels(hypervisor.eventChannels());
        try {
            exceptionPort = hypervisor.eventChannels().bindDomainException();
            if (state.isEmpty()) {
                engine.changes().ignore();
            }
            state.ifPresent(takeOver::restore);
            takeOver.takeOwn(state);
            if (state.isPresent()) {
                remember(state.get());
            }
        } catch (HypervisorException e) {
            return new Begun.WithoutHypervisor(e);
        } catch (IOException e) {
            return new Begun.WithoutJournal(e);
        }
        takeOver.takeGuests(state);
        journal.ifPresent(kept -> kept.restart(engine.store().tree(), this::tellAllButNodes, rings::states));
        if (state.filter(Opened::isCut).isPresent()
                && journal.filter(Journal::hasSnapshot).isEmpty()) {
            return new Begun.WithoutJournal(
                    new IOException("no snapshot of what stands before the damage could be written to "
                            + state.get().directory()
                            + ", and without one the next start would not find what is done from now on"));
        }
        engine.scanAll();
        new ConsistencyCheck(engine).repair().forEach(tracer::warn);
        repeat(rings::lookAtAll, LOST_NOTIFICATION_MILLIS);
        repeat(engine::scanAll, FULL_SCAN_MILLIS);
        return new Begun.Serving();
    }

    private void remember(Opened state) throws IOException {
        Journal kept = state.begin(engine.changes(), hypervisor.boot());
        journal = Optional.of(kept);
        engine.keep(kept);
        rings.remember(kept);
        turns.beforeOutput(() -> {
            boolean _ = kept.commit();
        });
    }

    private void tellAllButNodes(StateListener listener) {
        engine.changes().tellAllButNodes(listener, engine.connections());
    }

    /** The event loop waits for them itself if it can; else a thread of the backend's hands over what fired. */
    private void followEventChannels(EventChannels channels) {
        pendingWait = channels.source().flatMap(source -> waiter.await(source, this::pending));
        if (pendingWait.isEmpty()) {
            channels.listen(port -> loop.execute(() -> pending(port)));
        }
    }

    private void repeat(Runnable work, long everyMillis) {
        repeated.add(loop.scheduleWithFixedDelay(() -> guarded(work), everyMillis, everyMillis, TimeUnit.MILLISECONDS));
    }

    /** A defect must not end what is repeated, nor what comes after it in the same turn. */
    private void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error defect) {
            tracer.defect("following the hypervisor", defect);
        }
        turns.endLater();
    }

    /**
     * Connects the control domain's kernel, where the store runs in a domain of its own.
     *
     * @param port the kernel's event channel for the store; 0 if only its page can tell (P-INTRO-6)
     * @throws HypervisorException if the ring cannot be had though a port was given
     */
    public void adoptControlDomain(int port) throws HypervisorException {
        Optional<Refused> refused = onLoop(() -> takeOver.takeControlDomain(port));
        if (refused.isPresent()) {
            int domid = engine.config().privDomid();
            String why = refused.get().why();
            if (port != 0) {
                throw new HypervisorException(
                        refused.get().errno(), "--event " + port + " does not connect domain " + domid + ": " + why);
            }
            log.warn("domain {} is not connected, nobody can administer the store by a ring: {}", domid, why);
        }
    }

    private void pending(int port) {
        if (port == exceptionPort) {
            guarded(engine::scan);
            hypervisor.eventChannels().unmask(port);
        } else {
            guarded(() -> rings.pending(port));
        }
    }

    /** Takes a connection; on the event loop thread. */
    public void accept(Channel channel, OptionalInt domid) {
        channel.pipeline().addLast(new SocketConnection(engine, turns, guests, channel, domid, transfer));
    }

    /** Opens the trace file anew, for those who moved the old one away. From any thread. */
    public void reopenTrace() {
        loop.execute(tracer::open);
    }

    /** The engine, for checks; to be touched on the event loop thread only, see {@link #onLoop}. */
    public Engine engine() {
        return engine;
    }

    /** Runs something on the event loop thread and waits for it. From any thread. */
    public <T> T onLoop(Supplier<T> work) {
        return loop.inEventLoop()
                ? work.get()
                : loop.submit(work::get).syncUninterruptibly().getNow();
    }

    /** Unbinds and unmaps everything, and does nothing of its own accord any more. From any thread. */
    public void close() {
        var _ = onLoop(() -> {
            repeated.forEach(each -> each.cancel(false));
            pendingWait.ifPresent(PendingWait::close);
            if (exceptionPort != NOT_BOUND) {
                hypervisor.eventChannels().unbind(exceptionPort);
                exceptionPort = NOT_BOUND;
            }
            turns.beforeOutput(() -> {});
            journal.ifPresent(Journal::close);
            journal = Optional.empty();
            rings.close();
            turns.close();
            tracer.close();
            return true;
        });
    }
}
