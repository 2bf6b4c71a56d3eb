/**
 * Device drivers of simulated kernels: frontends in guests, backends in dom0 and in driver domains.
 *
 * <p>Data on the device rings is not simulated, but their connection is real: pages are granted and mapped, event
 * channels bound, and both ends see the same bytes.
 */
@NullMarked
package org.jxenstored.sim.xenbus;

import org.jspecify.annotations.NullMarked;
