/** What is measured, one class for each kind of work. */
@NullMarked
package org.jxenstored.benchmarks.workload;

import org.jspecify.annotations.NullMarked;
