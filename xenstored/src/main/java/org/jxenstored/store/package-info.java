/**
 * The tree of nodes as an immutable value: every change gives a new tree that shares all it did not touch.
 *
 * <p>Nothing here knows of callers, quotas or watches.
 */
@NullMarked
package org.jxenstored.store;

import org.jspecify.annotations.NullMarked;
