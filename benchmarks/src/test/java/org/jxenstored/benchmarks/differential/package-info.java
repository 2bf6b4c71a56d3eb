@NullMarked
package org.jxenstored.benchmarks.differential;

import org.jspecify.annotations.NullMarked;
