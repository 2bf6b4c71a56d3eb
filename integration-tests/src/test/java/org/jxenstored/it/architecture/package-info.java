/** The arrows between modules. */
@NullMarked
package org.jxenstored.it.architecture;

import org.jspecify.annotations.NullMarked;
