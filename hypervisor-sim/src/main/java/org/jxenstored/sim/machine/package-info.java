/** The program {@code xensim}: a simulated machine as a process of its own, which outlives the daemons that run on it. */
@NullMarked
package org.jxenstored.sim.machine;

import org.jspecify.annotations.NullMarked;
