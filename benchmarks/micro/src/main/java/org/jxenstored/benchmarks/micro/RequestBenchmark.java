package org.jxenstored.benchmarks.micro;

import java.nio.ByteBuffer;
import org.jxenstored.protocol.MessageType;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Whole requests: from the bytes of the request to those of the reply, without the socket. */
@State(Scope.Thread)
public class RequestBenchmark {
    private static final String STATE = "/local/domain/7/device/vif/0/state";

    private final Host host = new Host();
    private final Client dom0 = host.dom0();
    private final Client guest = host.connectAs(7);
    private final byte[] read = Client.frame(MessageType.READ, 0, STATE + '\0');
    private final byte[] write = Client.frame(MessageType.WRITE, 0, STATE + "\0" + 4);
    private final byte[] readOwn = Client.frame(MessageType.READ, 0, "device/vif/0/state\0");
    private final byte[] writeOwn = Client.frame(MessageType.WRITE, 0, "device/vif/0/state\0" + 4);
    private final byte[] list = Client.frame(MessageType.DIRECTORY, 0, "/local/domain/7/device/vif/0\0");
    private final byte[] makeNode = Client.frame(MessageType.WRITE, 0, STATE + "/new\0value");
    private final byte[] removeNode = Client.frame(MessageType.RM, 0, STATE + "/new\0");

    @Benchmark
    public ByteBuffer read() {
        return dom0.serve(read);
    }

    @Benchmark
    public ByteBuffer write() {
        return dom0.serve(write);
    }

    /** With a path relative to the guest's home, and quotas. */
    @Benchmark
    public ByteBuffer readByGuest() {
        return guest.serve(readOwn);
    }

    @Benchmark
    public ByteBuffer writeByGuest() {
        return guest.serve(writeOwn);
    }

    @Benchmark
    public ByteBuffer directory() {
        return dom0.serve(list);
    }

    /** Two requests: a node comes and goes. */
    @Benchmark
    public ByteBuffer createAndRemove() {
        dom0.serve(makeNode);
        return dom0.serve(removeNode);
    }
}
