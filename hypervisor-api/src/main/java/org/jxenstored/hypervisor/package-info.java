/**
 * The plug: what a hypervisor backend implements and the daemon calls.
 *
 * <p>Backends are found with {@link java.util.ServiceLoader} as {@link
 * org.jxenstored.hypervisor.HypervisorProvider}. All calls come from the daemon's one event-loop thread
 * and must not block; a backend reports what happens by itself through {@link
 * org.jxenstored.hypervisor.EventChannels.PendingListener}, from any thread.
 */
@NullMarked
package org.jxenstored.hypervisor;

import org.jspecify.annotations.NullMarked;
