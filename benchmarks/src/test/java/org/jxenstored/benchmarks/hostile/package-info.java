@NullMarked
package org.jxenstored.benchmarks.hostile;

import org.jspecify.annotations.NullMarked;
