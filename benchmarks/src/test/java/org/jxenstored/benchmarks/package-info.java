@NullMarked
package org.jxenstored.benchmarks;

import org.jspecify.annotations.NullMarked;
