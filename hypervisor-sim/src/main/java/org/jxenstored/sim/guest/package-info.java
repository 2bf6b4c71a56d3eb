/** What runs inside simulated domains. */
@NullMarked
package org.jxenstored.sim.guest;

import org.jspecify.annotations.NullMarked;
