/** A small toolstack, which is an ordinary client of the daemon, and the command {@code sim} that drives it. */
@NullMarked
package org.jxenstored.sim.toolstack;

import org.jspecify.annotations.NullMarked;
