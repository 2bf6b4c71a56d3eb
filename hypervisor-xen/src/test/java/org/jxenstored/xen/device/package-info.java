@NullMarked
package org.jxenstored.xen.device;

import org.jspecify.annotations.NullMarked;
