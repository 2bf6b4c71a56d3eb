package org.jxenstored.benchmarks.machine;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jxenstored.domain.Quotas;
import org.jxenstored.engine.EngineConfig;
import org.jxenstored.hypervisor.Hypervisor;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.listener.EventLoopThread;
import org.jxenstored.listener.ListenAddress;
import org.jxenstored.listener.ListenException;
import org.jxenstored.listener.Listeners;
import org.jxenstored.server.XenstoreServer;
import org.jxenstored.trace.Tracer;

/** This project's daemon in the JVM of the test, on a machine of files. */
public final class InProcessDaemon implements AutoCloseable {
    private final Path directory;
    private final EventLoopThread loop;
    private final Hypervisor machine;
    private final XenstoreServer server;
    private final Listeners listeners;

    private InProcessDaemon(Path directory, EventLoopThread loop, EngineConfig config)
            throws HypervisorException, ListenException {
        this.directory = directory;
        this.loop = loop;
        machine = new FilesProvider().open(Map.of(), machine());
        Tracer tracer = new Tracer(Optional.empty(), Set.of(), directory);
        server = XenstoreServer.start(config, machine, loop, tracer);
        listeners =
                Listeners.open(loop, List.of(new ListenAddress.Unix(socket(), OptionalInt.empty())), server::accept);
    }

    /** All it makes is in the directory, and the loop ends with it. */
    public static InProcessDaemon start(Path directory, EventLoopThread loop)
            throws HypervisorException, ListenException {
        return new InProcessDaemon(directory, loop, EngineConfig.DEFAULT);
    }

    /** The same, with other quotas. */
    public static InProcessDaemon start(Path directory, EventLoopThread loop, Quotas quotas)
            throws HypervisorException, ListenException {
        EngineConfig standard = EngineConfig.DEFAULT;
        EngineConfig config = new EngineConfig(
                standard.storeDomid(),
                standard.privDomid(),
                quotas,
                standard.watchEventTimeoutSeconds(),
                standard.keepOrphans(),
                standard.socketQueueBytes(),
                EngineConfig.DEFAULT_EVENTS_AT_ONCE);
        return new InProcessDaemon(directory, loop, config);
    }

    public Path socket() {
        return directory.resolve("socket");
    }

    /** The machine's directory. */
    public Path machine() {
        return directory.resolve("machine");
    }

    @Override
    public void close() {
        listeners.close();
        server.close();
        loop.close();
        machine.close();
    }
}
