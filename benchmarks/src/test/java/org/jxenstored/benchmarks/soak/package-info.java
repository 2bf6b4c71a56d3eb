@NullMarked
package org.jxenstored.benchmarks.soak;

import org.jspecify.annotations.NullMarked;
