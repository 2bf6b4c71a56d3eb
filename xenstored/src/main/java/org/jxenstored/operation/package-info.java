/**
 * The operations on nodes, one class each: they read a payload, pass the one permission gate, and look at or
 * change a draft. What they do not need to know: connections, transactions, watches.
 */
@NullMarked
package org.jxenstored.operation;

import org.jspecify.annotations.NullMarked;
