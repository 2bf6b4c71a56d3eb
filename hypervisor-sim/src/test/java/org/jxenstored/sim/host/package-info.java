@NullMarked
package org.jxenstored.sim.host;

import org.jspecify.annotations.NullMarked;
