@NullMarked
package org.jxenstored.sim.time;

import org.jspecify.annotations.NullMarked;
