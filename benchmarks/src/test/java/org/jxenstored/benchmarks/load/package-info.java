@NullMarked
package org.jxenstored.benchmarks.load;

import org.jspecify.annotations.NullMarked;
