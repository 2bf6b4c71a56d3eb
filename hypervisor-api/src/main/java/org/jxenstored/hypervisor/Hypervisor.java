package org.jxenstored.hypervisor;

import java.util.List;

/** A running hypervisor, as far as a xenstore daemon needs it. */
public interface Hypervisor extends AutoCloseable {
    /** Which domains exist and how they are. */
    DomainStates domains();

    /** Event channels of the domain this daemon runs in. */
    EventChannels eventChannels();

    /** The pages that guests share with this daemon. */
    RingMapper rings();

    /** Commands this backend adds to CONTROL; usually none. */
    default List<BackendCommand> commands() {
        return List.of();
    }

    /** The daemon serves now: a backend whose own parts are clients of the daemon starts them here. */
    default void daemonIsServing(DaemonAddress address) {}

    /** Unbinds and unmaps all that is left. */
    @Override
    void close();
}
