/** Programs of others, unmodified, as clients of this daemon; and our tools beside theirs. */
@NullMarked
package org.jxenstored.it.interop;

import org.jspecify.annotations.NullMarked;
