@NullMarked
package org.jxenstored.xen.channel;

import org.jspecify.annotations.NullMarked;
