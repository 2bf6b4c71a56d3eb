/** Messages for people: one plain line each, on standard error or to the system's log. */
@NullMarked
package org.jxenstored.daemon.log;

import org.jspecify.annotations.NullMarked;
