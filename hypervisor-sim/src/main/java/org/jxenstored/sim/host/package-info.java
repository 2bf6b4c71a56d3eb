/**
 * The simulated host: Xen's domain table, event channels, grants, ring pages and VIRQ_DOM_EXC.
 *
 * <p>Everything follows docs/spec/lifecycle.md. One lock makes all changes of a host a single sequence, so
 * the same calls in the same order always have the same effect: there is no clock here, and the only
 * random-looking thing, the unique ids, comes from a given seed. What a domain has to be told (event channels)
 * leaves the lock first and then goes through an {@link java.util.concurrent.Executor}.
 */
@NullMarked
package org.jxenstored.sim.host;

import org.jspecify.annotations.NullMarked;
