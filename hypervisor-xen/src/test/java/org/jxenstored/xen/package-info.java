@NullMarked
package org.jxenstored.xen;

import org.jspecify.annotations.NullMarked;
