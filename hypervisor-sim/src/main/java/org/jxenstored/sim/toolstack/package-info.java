/**
 * A toolstack that does what libxl does, in its order, as an ordinary client of the daemon: {@link
 * org.jxenstored.sim.toolstack.Toolstack} for what one asks it, {@link org.jxenstored.sim.toolstack.DeathWatch} for what
 * it does by itself. One class for each undertaking.
 */
@NullMarked
package org.jxenstored.sim.toolstack;

import org.jspecify.annotations.NullMarked;
