/** The shell around the engine: bytes in and out of sockets and rings, turns of the event loop, time. */
@NullMarked
package org.jxenstored.server;

import org.jspecify.annotations.NullMarked;
