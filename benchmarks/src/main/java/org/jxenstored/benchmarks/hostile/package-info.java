/** A hundred hostile guests at once: whether the daemon's memory stays bounded, and whether all others are served. */
@NullMarked
package org.jxenstored.benchmarks.hostile;

import org.jspecify.annotations.NullMarked;
