/** A machine pretended with files, the same for all daemons: what they see of it, and the guests' side. */
@NullMarked
package org.jxenstored.benchmarks.machine;

import org.jspecify.annotations.NullMarked;
