/** Time and threads of the simulated machine. */
@NullMarked
package org.jxenstored.sim.time;

import org.jspecify.annotations.NullMarked;
