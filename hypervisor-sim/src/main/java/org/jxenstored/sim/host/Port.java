package org.jxenstored.sim.host;

import org.jspecify.annotations.Nullable;

/** One end of an event channel. All fields are guarded by the host's lock. */
final class Port {
    /** What a port is connected to. */
    sealed interface Binding {}

    /** Waits for that domain to bind it. */
    record Unbound(int remoteDomid) implements Binding {}

    /** Connected to another port. */
    record Interdomain(Port remote) implements Binding {}

    /** Fires for VIRQ_DOM_EXC. */
    record DomainException() implements Binding {}

    /** Gone; nobody can reach this object by its number any more. */
    record Closed() implements Binding {}

    final SimDomain owner;
    final int number;
    Binding binding;
    boolean pending;
    boolean masked;
    boolean maskedWhenTaken;

    @Nullable
    Upcall upcall;

    Port(SimDomain owner, int number, Binding binding) {
        this.owner = owner;
        this.number = number;
        this.binding = binding;
    }

    boolean canFire() {
        return pending && !masked && upcall != null && owner.life.isRunning();
    }
}
