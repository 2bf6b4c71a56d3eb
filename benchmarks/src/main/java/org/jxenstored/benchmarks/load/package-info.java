/** The load generator: connections that speak the raw protocol and look at every reply. */
@NullMarked
package org.jxenstored.benchmarks.load;

import org.jspecify.annotations.NullMarked;
