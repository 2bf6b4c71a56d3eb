@NullMarked
package org.jxenstored.xen.foreign;

import org.jspecify.annotations.NullMarked;
