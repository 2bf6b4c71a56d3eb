package org.jxenstored.benchmarks.micro;

import java.nio.ByteBuffer;
import org.jxenstored.protocol.Message;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.protocol.Value;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Bytes to messages and back. */
@State(Scope.Thread)
public class CodecBenchmark {
    private final byte[] frame = Client.frame(MessageType.READ, 0, "/local/domain/7/device/vif/0/state\0");
    private final Message reply = Message.of(MessageType.READ, 1, 0, Value.of("4"));
    private final ByteBuffer output = ByteBuffer.allocateDirect(4096);

    @Benchmark
    public Message decode() {
        return Client.decode(frame);
    }

    @Benchmark
    public ByteBuffer encode() {
        output.clear();
        reply.write(output);
        return output;
    }
}
