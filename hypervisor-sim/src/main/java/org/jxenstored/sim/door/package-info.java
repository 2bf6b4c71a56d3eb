/**
 * Ways into simulated domains for programs outside: a Unix socket for each domain, behind which its kernel's device
 * for programs speaks the wire protocol as that domain.
 */
@NullMarked
package org.jxenstored.sim.door;

import org.jspecify.annotations.NullMarked;
