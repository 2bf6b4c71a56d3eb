package org.jxenstored.hypervisor;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A running hypervisor, as far as a xenstore daemon needs it. */
public interface Hypervisor extends AutoCloseable {
    /** Which domains exist and how they are. */
    DomainStates domains();

    /** Event channels of the domain this daemon runs in. */
    EventChannels eventChannels();

    /** The pages that guests share with this daemon. */
    RingMapper rings();

    /**
     * The port on which the control domain's kernel waits for a daemon that runs in a domain of its own and was not
     * told by a toolstack (lifecycle.md 14, last row); empty where {@link RingMapper#ownRing} does that.
     */
    default OptionalInt controlDomainPort() {
        return OptionalInt.empty();
    }

    /**
     * A name for this run of the machine, if the backend can tell one run from another. All domains of another run are
     * gone, also where those of this one have the same numbers.
     */
    default Optional<String> boot() {
        return Optional.empty();
    }

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
