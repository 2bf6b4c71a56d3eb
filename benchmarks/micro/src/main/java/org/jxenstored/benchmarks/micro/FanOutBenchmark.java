package org.jxenstored.benchmarks.micro;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jxenstored.protocol.MessageType;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One write seen by watchers, each with a connection of its own: the request, and all that is sent because of it. */
@State(Scope.Thread)
public class FanOutBenchmark {
    private static final String STATE = "/local/domain/7/device/vif/0/state";

    /** Connections that watch the node. */
    @Param({"1", "1000"})
    public int watchers;

    private final Host host = new Host();
    private final List<Client> clients = new ArrayList<>();
    private final byte[] write = Client.frame(MessageType.WRITE, 0, STATE + "\0" + 4);

    @Setup
    public void watch() {
        for (int i = 0; i < watchers; i++) {
            Client client = host.connect();
            client.ask(MessageType.WATCH, STATE + "\0token-" + (1000 + i) + '\0');
            client.drain();
            clients.add(client);
        }
    }

    /** Returns the bytes that were sent to the watchers. */
    @Benchmark
    public long write() {
        ByteBuffer _ = host.dom0().serve(write);
        long sent = 0;
        for (Client client : clients) {
            sent += client.drain().remaining();
        }
        return sent;
    }
}
