/** What was measured, and how it is shown. */
@NullMarked
package org.jxenstored.benchmarks.report;

import org.jspecify.annotations.NullMarked;
