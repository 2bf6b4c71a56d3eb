package org.jxenstored.benchmarks.micro;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jxenstored.protocol.MessageType;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A transaction of {@value #WRITES} writes, as a toolstack makes for a device: start, writes, commit. */
@State(Scope.Thread)
public class TransactionBenchmark {
    static final int WRITES = 40;

    private final Host host = new Host();
    private final Client dom0 = host.dom0();
    private final Client other = host.connect();
    private final byte[] start = Client.frame(MessageType.TRANSACTION_START, 0, "\0");
    private final byte[] writeElsewhere =
            Client.frame(MessageType.WRITE, 0, "/local/domain/8/device/vif/0/state\0" + 4);
    private final List<String> payloads = new ArrayList<>();

    public TransactionBenchmark() {
        for (int i = 0; i < WRITES; i++) {
            payloads.add("/local/domain/7/device/vbd/" + i / 8 + "/key-" + i % 8 + "\0value");
        }
    }

    /** Nothing else happens meanwhile. */
    @Benchmark
    public ByteBuffer alone() {
        return commit(fill());
    }

    /** Somebody writes another node meanwhile, which is no conflict. */
    @Benchmark
    public ByteBuffer besideAnother() {
        int id = fill();
        other.serve(writeElsewhere);
        return commit(id);
    }

    private int fill() {
        String text = Client.text(dom0.serve(start));
        int id = Integer.parseInt(text, 0, text.length() - 1, 10);
        for (String payload : payloads) {
            dom0.serve(Client.frame(MessageType.WRITE, id, payload));
        }
        return id;
    }

    private ByteBuffer commit(int id) {
        return dom0.serve(Client.frame(MessageType.TRANSACTION_END, id, "T\0"));
    }
}
