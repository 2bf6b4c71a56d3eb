/** What runs in the control domain of a simulated machine: kernel, toolstack, and the programs that start them. */
@NullMarked
package org.jxenstored.sim.dom0;

import org.jspecify.annotations.NullMarked;
