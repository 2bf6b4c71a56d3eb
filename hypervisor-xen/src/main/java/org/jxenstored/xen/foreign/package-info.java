/** Calls of C functions, all of one shape; Linux on x86-64 and AArch64. */
@NullMarked
package org.jxenstored.xen.foreign;

import org.jspecify.annotations.NullMarked;
