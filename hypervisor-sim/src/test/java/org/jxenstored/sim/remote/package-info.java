/** What is said between a machine and a daemon. */
@NullMarked
package org.jxenstored.sim.remote;

import org.jspecify.annotations.NullMarked;
