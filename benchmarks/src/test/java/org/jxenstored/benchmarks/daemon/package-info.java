@NullMarked
package org.jxenstored.benchmarks.daemon;

import org.jspecify.annotations.NullMarked;
