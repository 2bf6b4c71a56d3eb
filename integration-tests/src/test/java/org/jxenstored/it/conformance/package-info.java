/** Which test shows which rule of docs/spec. */
@NullMarked
package org.jxenstored.it.conformance;

import org.jspecify.annotations.NullMarked;
