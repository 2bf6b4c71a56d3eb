/** The plug for real Xen, on Linux, through java.lang.foreign. */
@NullMarked
package org.jxenstored.xen;

import org.jspecify.annotations.NullMarked;
