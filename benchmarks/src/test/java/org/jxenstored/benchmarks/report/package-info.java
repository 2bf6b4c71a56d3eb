@NullMarked
package org.jxenstored.benchmarks.report;

import org.jspecify.annotations.NullMarked;
