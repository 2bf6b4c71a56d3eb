/** One thread, one method: a request of a connection goes in, replies and events come out. */
@NullMarked
package org.jxenstored.engine;

import org.jspecify.annotations.NullMarked;
