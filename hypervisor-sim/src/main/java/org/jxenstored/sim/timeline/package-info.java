/** What happened on the simulated machine, to be read by people. */
@NullMarked
package org.jxenstored.sim.timeline;

import org.jspecify.annotations.NullMarked;
