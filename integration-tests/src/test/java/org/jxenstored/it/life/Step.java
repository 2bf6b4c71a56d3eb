package org.jxenstored.it.life;

/**
 * Something that is to be done without a break.
 *
 * @param kind what it belongs to
 * @param number which one of that kind; the same in every run with the same seed
 */
record Step(Kind kind, long number, Runnable work) {
    enum Kind {
        /** A thread goes on until it waits again; numbered by thread. */
        THREAD,
        /** Carried out soon, for example a notification of an event channel. */
        SOON,
        /** A task of an event loop. */
        LOOP,
        /** The end of a span of time. */
        ALARM
    }

    @Override
    public String toString() {
        return kind + " " + number;
    }
}
