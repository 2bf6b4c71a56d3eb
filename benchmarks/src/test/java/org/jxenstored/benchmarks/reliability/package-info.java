@NullMarked
package org.jxenstored.benchmarks.reliability;

import org.jspecify.annotations.NullMarked;
