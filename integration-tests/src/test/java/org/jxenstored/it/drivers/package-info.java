/** Drivers of simulated kernels against the running daemon. */
@NullMarked
package org.jxenstored.it.drivers;

import org.jspecify.annotations.NullMarked;
