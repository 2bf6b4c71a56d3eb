/** The command {@code sim}, which plays {@code xl} on a simulated machine. */
@NullMarked
package org.jxenstored.sim.command;

import org.jspecify.annotations.NullMarked;
