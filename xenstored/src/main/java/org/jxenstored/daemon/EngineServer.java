package org.jxenstored.daemon;

import java.util.OptionalInt;
import org.jxenstored.engine.EngineConfig;
import org.jxenstored.hypervisor.Hypervisor;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.listener.Accepted;
import org.jxenstored.listener.EventLoopThread;
import org.jxenstored.server.XenstoreServer;
import org.jxenstored.trace.Tracer;

/** The real store server. */
final class EngineServer implements StoreServer {
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
        Tracer tracer = new Tracer(
                config.traceFile(), config.traceSwitches(), config.directories().lib());
        try {
            XenstoreServer server = XenstoreServer.start(engine, hypervisor, loop, tracer);
            OptionalInt port = config.eventPort();
            (port.isPresent() ? port : hypervisor.controlDomainPort()).ifPresent(server::adoptControlDomain);
            return new EngineServer(server);
        } catch (HypervisorException e) {
            throw new StartException("hypervisor " + config.hypervisor().name() + ": " + e.getMessage(), e);
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
