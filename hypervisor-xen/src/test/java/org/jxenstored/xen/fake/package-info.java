/** A kernel and libraries made of Java, with a host of domains behind them. */
@NullMarked
package org.jxenstored.xen.fake;

import org.jspecify.annotations.NullMarked;
