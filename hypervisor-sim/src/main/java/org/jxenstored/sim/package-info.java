/** A simulated Xen as a hypervisor backend: what a xenstore daemon in dom0 of a simulated host sees. */
@NullMarked
package org.jxenstored.sim;

import org.jspecify.annotations.NullMarked;
