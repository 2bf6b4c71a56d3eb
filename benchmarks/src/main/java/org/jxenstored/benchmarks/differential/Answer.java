package org.jxenstored.benchmarks.differential;

import org.jxenstored.protocol.MessageType;

/**
 * A reply, with what each daemon chooses for itself taken out.
 *
 * @param error name of the error; empty if there is none
 * @param payload one byte per character; empty for an error
 */
record Answer(String error, String payload) {
    static final Answer CLOSED = new Answer("closed", "");

    /** There was no reply at all. */
    static final Answer NONE = new Answer("none", "");

    static Answer of(int type, String payload) {
        return type == MessageType.ERROR.number() ? new Answer(payload.replace("\0", ""), "") : new Answer("", payload);
    }

    boolean isOk() {
        return error.isEmpty();
    }

    Answer with(String otherPayload) {
        return new Answer(error, otherPayload);
    }

    @Override
    public String toString() {
        return isOk() ? Escape.shown(payload) : error;
    }
}
