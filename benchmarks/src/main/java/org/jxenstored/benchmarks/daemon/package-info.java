/** The daemons that are compared, as processes of their own. */
@NullMarked
package org.jxenstored.benchmarks.daemon;

import org.jspecify.annotations.NullMarked;
