/** Other domains' pages by /dev/xen/gntdev and /dev/xen/privcmd, and our own kernel's ring page. */
@NullMarked
package org.jxenstored.xen.memory;

import org.jspecify.annotations.NullMarked;
