package org.jxenstored.sim.time;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Executor;

/** A clock that a test turns by hand; what must not block runs at once. */
public final class HandClock implements SimTime {
    private final List<Planned> planned = new ArrayList<>();
    private long millis;

    private record Planned(long when, Runnable work) {}

    /** Turns the clock; what is due on the way happens, in its order. */
    public void pass(Duration duration) {
        long end = millis + duration.toMillis();
        while (true) {
            Planned next = planned.stream()
                    .filter(one -> one.when() <= end)
                    .min(Comparator.comparingLong(Planned::when))
                    .orElse(null);
            if (next == null) {
                break;
            }
            planned.remove(next);
            millis = next.when();
            next.work().run();
        }
        millis = end;
    }

    /** Alarms that are still to come. */
    public int alarms() {
        return planned.size();
    }

    @Override
    public long millis() {
        return millis;
    }

    @Override
    public void sleep(Duration duration) {
        throw new UnsupportedOperationException("nobody sleeps by this clock");
    }

    @Override
    public Thread start(String name, Runnable program) {
        return Thread.ofVirtual().name(name).start(program);
    }

    @Override
    public Alarm after(Duration delay, Runnable work) {
        Planned plan = new Planned(millis + delay.toMillis(), work);
        planned.add(plan);
        return () -> planned.remove(plan);
    }

    @Override
    public Executor soon() {
        return Runnable::run;
    }
}
