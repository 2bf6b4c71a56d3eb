@NullMarked
package org.jxenstored.sim;

import org.jspecify.annotations.NullMarked;
