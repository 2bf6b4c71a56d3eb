/** The trace file: what the engine does, one line each, in the format of the C daemon (semantics.md 13.1). */
@NullMarked
package org.jxenstored.trace;

import org.jspecify.annotations.NullMarked;
