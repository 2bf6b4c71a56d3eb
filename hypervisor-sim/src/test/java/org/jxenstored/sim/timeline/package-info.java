@NullMarked
package org.jxenstored.sim.timeline;

import org.jspecify.annotations.NullMarked;
