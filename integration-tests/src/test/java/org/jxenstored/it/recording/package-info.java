/** What was recorded on real Xen must get the same answers from this daemon. */
@NullMarked
package org.jxenstored.it.recording;

import org.jspecify.annotations.NullMarked;
