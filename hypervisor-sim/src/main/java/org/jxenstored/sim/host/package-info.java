/**
 * The simulated host: Xen's domain table, memory, virtual CPUs, event channels, grants and VIRQ_DOM_EXC.
 *
 * <p>Everything follows docs/spec/lifecycle.md. One lock makes all changes of a host a single sequence, so the same
 * calls in the same order always have the same effect: the only clock is the {@link org.jxenstored.sim.time.SimTime}
 * of the host, and the only random-looking thing, the unique ids, comes from a given seed. What a domain has to be told
 * (event channels) leaves the lock first and then goes through an {@link java.util.concurrent.Executor}.
 *
 * <p>A domain is a {@link org.jxenstored.sim.host.SimDomain}; what it consists of, what its kernel can call and what a
 * toolstack can call are one class each, of which that is the last. Nothing costs more because there are more domains,
 * except lists of all of them.
 */
@NullMarked
package org.jxenstored.sim.host;

import org.jspecify.annotations.NullMarked;
