/** Programs that come into simulated domains from outside. */
@NullMarked
package org.jxenstored.it.door;

import org.jspecify.annotations.NullMarked;
