/** docs/reliability.md: the figures of the last runs of all that searches for mistakes, and the page made of them. */
@NullMarked
package org.jxenstored.benchmarks.reliability;

import org.jspecify.annotations.NullMarked;
