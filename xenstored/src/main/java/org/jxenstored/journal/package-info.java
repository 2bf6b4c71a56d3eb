/** What survives a crash: a journal of changes in a mapped file, and snapshots that make it short again. */
@NullMarked
package org.jxenstored.journal;

import org.jspecify.annotations.NullMarked;
