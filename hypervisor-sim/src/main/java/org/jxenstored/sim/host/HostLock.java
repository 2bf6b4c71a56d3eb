package org.jxenstored.sim.host;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** The one lock of a host: state changes inside it, the outside world hears of them after it is released. */
final class HostLock {
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Runnable> afterwards = new ArrayList<>();

    /** A change that gives a result. */
    @FunctionalInterface
    interface Action<T, X extends Exception> {
        T run() throws X;
    }

    /** A change. */
    @FunctionalInterface
    interface Step<X extends Exception> {
        void run() throws X;
    }

    <T, X extends Exception> T call(Action<T, X> action) throws X {
        lock.lock();
        try {
            return action.run();
        } finally {
            List<Runnable> ours = lock.getHoldCount() == 1 ? take() : List.of();
            lock.unlock();
            ours.forEach(Runnable::run);
        }
    }

    <X extends Exception> void run(Step<X> step) throws X {
        this.<Boolean, X>call(() -> {
            step.run();
            return true;
        });
    }

    /** Has this run in the thread that holds the lock, as soon as it has released it; in the order of the calls. */
    void afterwards(Runnable effect) {
        if (!lock.isHeldByCurrentThread()) {
            throw new IllegalStateException("the host's lock is not held");
        }
        afterwards.add(effect);
    }

    private List<Runnable> take() {
        List<Runnable> taken = List.copyOf(afterwards);
        afterwards.clear();
        return taken;
    }
}
