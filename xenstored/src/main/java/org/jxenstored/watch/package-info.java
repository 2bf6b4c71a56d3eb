/** Watches in a path trie, and which events one change causes, in which order (semantics.md section 4). */
@NullMarked
package org.jxenstored.watch;

import org.jspecify.annotations.NullMarked;
