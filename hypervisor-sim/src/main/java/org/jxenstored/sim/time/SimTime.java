package org.jxenstored.sim.time;

import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * The time of a simulated machine, and the threads of the programs on it.
 *
 * <p>There are two: {@link RealTime} for people, and a virtual one in tests, where everything runs in one
 * sequence and an hour passes at once. So programs of the simulator never call {@link Thread#sleep}, never wait
 * with a timeout, never ask the JVM's clock, and start their threads here only.
 */
public interface SimTime {
    /** Milliseconds since the machine was switched on. */
    long millis();

    /** Lets the calling program wait. */
    void sleep(Duration duration) throws InterruptedException;

    /** Starts a program on a virtual thread of its own; it may block. */
    Thread start(String name, Runnable program);

    /** Has this run after some time; it must not block. */
    Alarm after(Duration delay, Runnable work);

    /** Runs what must not block, soon, one after the other, in the order of the calls. */
    Executor soon();

    /** Something that is going to happen. */
    @FunctionalInterface
    interface Alarm {
        /** Keeps it from happening, if it has not happened yet. */
        void cancel();
    }
}
