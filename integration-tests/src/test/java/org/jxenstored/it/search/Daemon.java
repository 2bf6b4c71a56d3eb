package org.jxenstored.it.search;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.jxenstored.engine.Connection;
import org.jxenstored.engine.EngineConfig;
import org.jxenstored.engine.EngineTrace;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.it.life.VirtualLoop;
import org.jxenstored.it.life.VirtualTime;
import org.jxenstored.journal.Opened;
import org.jxenstored.protocol.Message;
import org.jxenstored.server.XenstoreServer;
import org.jxenstored.sim.SimulatedXen;
import org.jxenstored.sim.host.SimHost;
import org.jxenstored.trace.Tracer;

/** One life of the daemon's server, from its start until it is killed. */
final class Daemon {
    /** Told of what the engine does, besides what it does to the machine. */
    interface Observer extends Plug.Observer {
        /** A request is about to be served. */
        void receives(Connection by, Message request);

        /** Part of an answer or event goes to its ring or socket. */
        void sends();

        void breaks(String what);
    }

    /** Lives are short, and shall see several journals, bytes. */
    private static final long LONG_JOURNAL = 6_000;

    private final Plug plug;
    private final VirtualLoop loop;
    private final XenstoreServer server;
    private final Opened state;
    private @Nullable String latestConnection;

    Daemon(SimHost host, VirtualTime time, Path directory, boolean syncs, Observer observer)
            throws IOException, HypervisorException {
        plug = new Plug(new SimulatedXen(host), observer);
        loop = new VirtualLoop(time);
        Tracer tracer = new Tracer(Optional.empty(), Set.of(), Path.of("/"));
        tracer.tellAlso(new Listener(observer));
        state = Opened.open(directory, false, syncs, LONG_JOURNAL, new LateSnapshots(loop, time));
        server = XenstoreServer.start(
                EngineConfig.DEFAULT.withEventsAtOnce(0),
                plug,
                loop,
                () -> {
                    observer.happens();
                    return time.millis();
                },
                tracer,
                Optional.of(state));
    }

    XenstoreServer server() {
        return server;
    }

    /** The name of the connection that was opened last. */
    String latestConnection() {
        return latestConnection == null ? "" : latestConnection;
    }

    /** Ends it as kill -9 does: the kernel takes back what it had, and nothing is written any more. */
    void kill() throws IOException {
        loop.stop();
        plug.close();
        state.close();
    }

    private final class Listener implements EngineTrace {
        private final Observer observer;

        Listener(Observer observer) {
            this.observer = observer;
        }

        @Override
        public boolean isOn() {
            return false;
        }

        @Override
        public void created(Kind kind, String id) {
            if (kind == Kind.CONNECTION) {
                latestConnection = id;
            }
        }

        @Override
        public void destroyed(Kind kind, String id) {}

        @Override
        public void received(Connection connection, Message request) {
            observer.receives(connection, request);
        }

        @Override
        public void sends(Connection connection) {
            observer.sends();
        }

        @Override
        public void sent(Connection connection, Message message, Progress progress) {
            var _ = observer.happens();
        }

        @Override
        public void stored(String action, String key, int size) {}

        @Override
        public void accounted(int domid, String what, long before, long change, boolean locally) {
            observer.happens();
        }

        @Override
        public void charged(int domid, long credit, long reserve) {}

        @Override
        public void note(Supplier<String> text) {}

        @Override
        public void warn(String text) {}

        @Override
        public void defect(String doing, Throwable cause) {
            observer.breaks(doing + ": " + cause);
        }
    }
}
