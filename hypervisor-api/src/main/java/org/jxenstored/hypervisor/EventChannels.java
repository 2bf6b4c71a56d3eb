package org.jxenstored.hypervisor;

import java.util.Optional;

/** Event channels of the daemon's own domain. Ports here are local ports unless called remote. */
public interface EventChannels {
    /**
     * Says who is told of pending ports. Called once, before anything is bound, or never if {@link #source} is read
     * instead.
     *
     * <p>A port that fired stays masked until {@link #unmask}; what happens meanwhile is not lost (L-VIRQ-1).
     */
    void listen(PendingListener listener);

    /**
     * Where to read pending ports without a thread of the backend's, and so without a hand-over from it; masks are as
     * with {@link #listen}. Asking changes nothing: who reads from it does not call {@link #listen}, and the other way
     * round.
     *
     * @return empty if this backend has no descriptor to wait for
     */
    default Optional<PendingSource> source() {
        return Optional.empty();
    }

    /**
     * Binds VIRQ_DOM_EXC, which tells that some domain shut down, died or is gone.
     *
     * @return the port
     * @throws HypervisorException EEXIST or EBUSY if another daemon has it (L-VIRQ-4)
     */
    int bindDomainException() throws HypervisorException;

    /**
     * Connects to a port that the other domain left unbound for us (L-RING-4).
     *
     * <p>The new port fires once by itself, as Xen cannot know whether the other side signalled before; that may
     * be reported before this call returns.
     *
     * @return the port
     */
    int bindInterdomain(int domid, int remotePort) throws HypervisorException;

    /** Signals the other end. Never fails: an end that is gone hears nothing. */
    void signal(int port);

    /** Lets the port fire again. */
    void unmask(int port);

    void unbind(int port);

    /**
     * Told of each port that fired: on a thread of the backend's choice after {@link #listen}, by {@link
     * PendingSource#read} on the thread that reads. A report that was on its way may still
     * come after {@link #unbind}, when the number may even belong to a new binding: treat it as a hint to look.
     */
    @FunctionalInterface
    interface PendingListener {
        void pending(int port);
    }
}
