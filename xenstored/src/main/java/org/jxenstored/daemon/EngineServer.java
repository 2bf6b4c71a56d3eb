package org.jxenstored.daemon;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jxenstored.engine.EngineConfig;
import org.jxenstored.hypervisor.Hypervisor;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.journal.Opened;
import org.jxenstored.listener.Accepted;
import org.jxenstored.listener.EventLoopThread;
import org.jxenstored.server.XenstoreServer;
import org.jxenstored.trace.Tracer;

/** The real store server. */
final class EngineServer implements StoreServer {
    private static final int SNAPSHOT_THREAD_SECONDS = 10;

    private final XenstoreServer server;

    private EngineServer(XenstoreServer server) {
        this.server = server;
    }

    static StoreServer start(DaemonConfig config, EngineConfig engine, Hypervisor hypervisor, EventLoopThread loop)
            throws StartException {
        if (config.liveUpdate()) {
            throw new StartException(
                    "--live-update: this version cannot take over from a running daemon; start it without");
        }
        SpecialDomains domains = new SpecialDomains(engine.storeDomid(), engine.privDomid());
        Tracer tracer = new Tracer(
                config.traceFile(), config.traceSwitches(), config.directories().lib(), config.letsOthersBe(domains));
        try {
            XenstoreServer server = XenstoreServer.start(engine, hypervisor, loop, tracer, state(config));
            OptionalInt port = config.eventPort();
            connectControlDomain(server, engine, port.isPresent() ? port : hypervisor.controlDomainPort());
            GarbageLimit.watchOver(loop);
            return new EngineServer(server);
        } catch (HypervisorException e) {
            throw new StartException("hypervisor " + config.hypervisor().name(), e);
        } catch (IOException e) {
            throw new StartException(
                    "the store cannot be kept: " + SafeDirectory.reason(e) + " (--no-journal starts without)", e);
        }
    }

    private static Optional<Opened> state(DaemonConfig config) throws IOException {
        if (config.journal().isEmpty()) {
            return Optional.empty();
        }
        JournalConfig journal = config.journal().get();
        SafeDirectory.ensure(journal.directory(), true);
        return Optional.of(Opened.open(journal.directory(), journal.takesPrefix(), journal.syncs(), snapshots()));
    }

    /** A thread, but only for a while: in a storm of writes it would be a new one several times a second. */
    private static Executor snapshots() {
        ThreadPoolExecutor thread = new ThreadPoolExecutor(
                1,
                1,
                SNAPSHOT_THREAD_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().name("snapshot").daemon().factory());
        thread.allowCoreThreadTimeOut(true);
        return thread;
    }

    /** A store in a domain of its own gets no word of the control domain's kernel but this (lifecycle.md 14). */
    private static void connectControlDomain(XenstoreServer server, EngineConfig engine, OptionalInt port)
            throws HypervisorException {
        if (port.isPresent() || engine.storeDomid() != engine.privDomid()) {
            try {
                server.adoptControlDomain(port.orElse(0));
            } catch (HypervisorException e) {
                server.close();
                throw e;
            }
        }
    }

    @Override
    public Accepted accepted() {
        return server::accept;
    }

    @Override
    public void reopenTrace() {
        server.reopenTrace();
    }

    @Override
    public void close() {
        server.close();
    }
}
