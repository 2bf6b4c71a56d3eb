/** Random requests to the daemon in C and to this one, and what they answer differently. */
@NullMarked
package org.jxenstored.benchmarks.differential;

import org.jspecify.annotations.NullMarked;
