/** The machine as a process of its own. */
@NullMarked
package org.jxenstored.sim.machine;

import org.jspecify.annotations.NullMarked;
