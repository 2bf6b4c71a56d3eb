package org.jxenstored.engine;

import org.jxenstored.protocol.Errno;
import org.jxenstored.protocol.Value;
import org.jxenstored.watch.Watch;

/** What an operation wants the caller to be told. */
public sealed interface Reply {
    Reply OK = payload(Value.of("OK\0"));

    static Reply payload(Value payload) {
        return new Success(payload);
    }

    /** A text with its NUL. */
    static Reply text(String text) {
        return new Success(Value.of(text + '\0'));
    }

    static Reply failed(Errno errno) {
        return new Failed(errno);
    }

    /** A reply of the request's type. */
    record Success(Value payload) implements Reply {}

    /** An ERROR reply. */
    record Failed(Errno errno) implements Reply {}

    /** OK, and directly after it the watch's first event (P-ORD-5). */
    record Watching(Watch watch, String eventPath) implements Reply {}

    /** Nothing now; the operation gives it to {@link Call#later} when it has it. */
    record Later() implements Reply {}
}
