/**
 * Work on a tree before it becomes the store: for one request, or for a transaction with its snapshot, what
 * it was answered, and its commit (semantics.md section 5, and docs/architecture.md on conflicts).
 */
@NullMarked
package org.jxenstored.transaction;

import org.jspecify.annotations.NullMarked;
