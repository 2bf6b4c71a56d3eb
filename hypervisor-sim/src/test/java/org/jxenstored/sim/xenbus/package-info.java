@NullMarked
package org.jxenstored.sim.xenbus;

import org.jspecify.annotations.NullMarked;
