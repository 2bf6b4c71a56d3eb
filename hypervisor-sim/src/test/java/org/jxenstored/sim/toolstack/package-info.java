@NullMarked
package org.jxenstored.sim.toolstack;

import org.jspecify.annotations.NullMarked;
