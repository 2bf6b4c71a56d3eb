package org.jxenstored.it.life;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.jxenstored.hypervisor.DomainState.Life;
import org.jxenstored.protocol.Feature;
import org.jxenstored.sim.host.Mapping;
import org.jxenstored.sim.host.SimDomain;

/** A domain of a random life, with all that was done for it; what it should see follows from that. */
final class Inhabitant {
    /** A page of it that somebody has mapped. */
    record Held(SimDomain holder, Mapping mapping) {
        /** Nobody lives to let go of it twice: a holder's destruction takes its mappings away. */
        boolean isThere() {
            return holder.state().life() == Life.ALIVE;
        }
    }

    final SimDomain domain;
    final GuestRing ring;

    /** Held by dom0 or others until they let go. */
    final List<Held> held = new ArrayList<>();

    /** Set by SET_QUOTA since it became known. */
    final Map<String, String> quotas = new HashMap<>();

    /** Set by SET_FEATURE since it became known. */
    OptionalInt features = OptionalInt.empty();

    /** The last INTRODUCE worked, and no RELEASE came since. */
    boolean introduced;

    /** How often it was taken out of the store by RELEASE. */
    int releases;

    /** Its requests are in order and it can be served, if it is introduced. */
    boolean mannerly;

    /** Grant 1 is there, and its store port waits for dom0 or is connected to it. */
    boolean granted;

    /** Its page names its port, as Xen presets it for domains that are there at boot. */
    boolean preset;

    /** Its suspends go to an event channel, from the first time on and for ever (L-SUSP-1). */
    boolean suspendsSilently;

    /** SET_TARGET. */
    @Nullable
    Inhabitant target;

    /** The hypercall of this name. */
    @Nullable
    Inhabitant hypervisorTarget;

    Inhabitant(SimDomain domain, VirtualTime time) {
        this.domain = domain;
        this.ring = new GuestRing(domain, time);
    }

    int domid() {
        return domain.domid();
    }

    long uniqueId() {
        return domain.uniqueId();
    }

    boolean isAlive() {
        return domain.state().life() == Life.ALIVE && isListed();
    }

    boolean isDead() {
        return !isListed() || domain.state().isDead();
    }

    /** False once its object is on the way to be freed. */
    boolean isListed() {
        return domain.host().find(domid()).filter(domain::equals).isPresent();
    }

    /** True if the store has it as introduced, once it has seen what there is to see. */
    boolean shouldBeIntroduced() {
        return introduced && !isDead();
    }

    /** True if a request of it must be answered. */
    boolean canAsk() {
        return introduced && mannerly && isAlive();
    }

    boolean mayReconnect() {
        return Feature.RECONNECTION.in(features.orElse(Feature.ALL));
    }

    /** True if that one must not be forgotten before this one. */
    boolean refersTo(Inhabitant other) {
        return other.equals(target) || other.equals(hypervisorTarget);
    }

    /** The store knows nothing of it any more. */
    void forgotten() {
        introduced = false;
        mannerly = false;
        features = OptionalInt.empty();
        quotas.clear();
        target = null;
    }

    @Override
    public String toString() {
        return domid() + "(" + Long.toHexString(uniqueId() & 0xffff) + ")";
    }
}
