@NullMarked
package org.jxenstored.benchmarks.workload;

import org.jspecify.annotations.NullMarked;
