package org.jxenstored.client;

import org.jxenstored.protocol.Errno;
import org.jxenstored.protocol.Value;

/** What became of a request. */
sealed interface Reply {
    /** The server did it. */
    record Success(Value payload) implements Reply {}

    /** The server, or this library in its place, refused. */
    record Failure(Errno errno) implements Reply {}

    /** The connection is gone; see {@link ConnectionLostException#mayHaveBeenExecuted}. */
    record Lost(String reason, boolean mayHaveBeenExecuted) implements Reply {}
}
