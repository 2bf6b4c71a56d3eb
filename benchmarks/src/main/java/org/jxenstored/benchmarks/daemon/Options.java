package org.jxenstored.benchmarks.daemon;

import java.util.List;
import java.util.OptionalInt;

/**
 * How a daemon is started.
 *
 * @param cpu the processor it stays on; empty for all
 * @param machine what this project's daemon runs on; the peers always run on the one of files
 * @param arguments more arguments for the daemon
 */
public record Options(OptionalInt cpu, Machine machine, List<String> arguments) {
    /** On any processor, as it comes. */
    public static final Options DEFAULT = new Options(OptionalInt.empty(), Machine.SIMULATED, List.of());

    /** What this project's daemon takes for its hypervisor. */
    public enum Machine {
        /** The simulated Xen, which it starts with if it is not told otherwise. */
        SIMULATED,
        /** The pretended machine of the peers: needed for rings. */
        FILES
    }

    public Options {
        arguments = List.copyOf(arguments);
    }

    /** The same on this processor only. */
    public Options pinnedTo(int processor) {
        return new Options(OptionalInt.of(processor), machine, arguments);
    }

    public Options on(Machine other) {
        return new Options(cpu, other, arguments);
    }

    public Options with(String... more) {
        return new Options(cpu, machine, List.of(more));
    }
}
