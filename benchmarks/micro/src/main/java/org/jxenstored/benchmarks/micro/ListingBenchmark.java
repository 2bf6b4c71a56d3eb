package org.jxenstored.benchmarks.micro;

import org.jxenstored.protocol.MessageType;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The whole listing of a node with {@value #CHILDREN} children, piece by piece. */
@State(Scope.Thread)
public class ListingBenchmark {
    static final int CHILDREN = 10_000;

    private final Client dom0 = new Host().dom0();

    public ListingBenchmark() {
        for (int i = 0; i < CHILDREN; i++) {
            dom0.write("/many/" + i, "");
        }
    }

    /** Returns the bytes of all names, each with a NUL. */
    @Benchmark
    public int inParts() {
        int names = 0;
        while (true) {
            String part = dom0.ask(MessageType.DIRECTORY_PART, "/many\0" + names + '\0');
            int received = part.length() - part.indexOf(0) - 1;
            if (part.endsWith("\0\0")) {
                return names + received - 1;
            }
            names += received;
        }
    }
}
