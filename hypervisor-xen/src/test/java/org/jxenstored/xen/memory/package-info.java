@NullMarked
package org.jxenstored.xen.memory;

import org.jspecify.annotations.NullMarked;
