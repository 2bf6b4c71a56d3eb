@NullMarked
package org.jxenstored.testing;

import org.jspecify.annotations.NullMarked;
