/** The soak: a daemon under mixed load for a long time, and whether it takes more of the machine as time goes by. */
@NullMarked
package org.jxenstored.benchmarks.soak;

import org.jspecify.annotations.NullMarked;
