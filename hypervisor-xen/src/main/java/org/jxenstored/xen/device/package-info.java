/** The files and devices of the kernel's Xen drivers. */
@NullMarked
package org.jxenstored.xen.device;

import org.jspecify.annotations.NullMarked;
