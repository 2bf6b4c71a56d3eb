@NullMarked
package org.jxenstored.benchmarks.machine;

import org.jspecify.annotations.NullMarked;
