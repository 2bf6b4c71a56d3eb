/** The daemon is killed again and again in the middle of its work, and nothing may be lost. */
@NullMarked
package org.jxenstored.benchmarks.kill;

import org.jspecify.annotations.NullMarked;
