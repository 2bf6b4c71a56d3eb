package org.jxenstored.client;

import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * {@link WatchQueue}: the reader puts in and never waits.
 *
 * <p>Guarded by a lock and not by its monitor: a virtual thread that waited in a monitor is not continued by whoever
 * notifies it, but by a thread of the JVM.
 */
final class BoundedWatchQueue implements WatchQueue {
    private final WatchRouter router;
    private final int capacity;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** In order of registration, so that a queue always ends in the same way. */
    private final Set<RegisteredWatch> watches = new LinkedHashSet<>();

    /** In order of their first arrival; equal ones are one. */
    private final LinkedHashSet<Notification> queued = new LinkedHashSet<>();

    /** How many of the queued are events, the only ones that the capacity is for. */
    private int events;

    /** Watches with a Lost in the queue: it stands for all their events. */
    private final Set<Watch> overflown = new HashSet<>();

    /** The one that is queued. */
    private Notification.@Nullable Reconnected reconnected;

    private @Nullable Notification end;

    BoundedWatchQueue(WatchRouter router, int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("a watch queue needs a capacity of at least 1, not " + capacity);
        }
        this.router = router;
        this.capacity = capacity;
    }

    @Override
    public Watch watch(String path) {
        return register(path, router.newToken(), RegisteredWatch.WITHOUT_DEPTH);
    }

    @Override
    public Watch watch(String path, int depth) {
        return register(path, router.newToken(), requireDepth(depth));
    }

    @Override
    public Watch watchWithToken(String path, String token) {
        return register(path, token, RegisteredWatch.WITHOUT_DEPTH);
    }

    @Override
    public Watch watchWithToken(String path, String token, int depth) {
        return register(path, token, requireDepth(depth));
    }

    private static int requireDepth(int depth) {
        if (depth < 0) {
            throw new IllegalArgumentException("a watch's depth cannot be negative: " + depth);
        }
        return depth;
    }

    private Watch register(String path, String token, int depth) {
        RegisteredWatch watch = new RegisteredWatch(path, token, depth, this);
        admit(watch);
        try {
            router.register(watch);
            return watch;
        } catch (RuntimeException failure) {
            purge(watch);
            throw failure;
        }
    }

    private void admit(RegisteredWatch watch) {
        lock.lock();
        try {
            if (end instanceof Notification.Closed) {
                throw new IllegalStateException("this watch queue was closed");
            }
            watches.add(watch);
        } finally {
            lock.unlock();
        }
    }

    void unregister(RegisteredWatch watch) {
        purge(watch);
        router.unregister(watch);
    }

    /** From here on the queue knows nothing of this watch. */
    void purge(RegisteredWatch watch) {
        lock.lock();
        try {
            if (watches.remove(watch)) {
                dropEventsOf(watch);
                if (overflown.remove(watch)) {
                    queued.remove(new Notification.Lost(watch));
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void dropEventsOf(Watch watch) {
        int before = queued.size();
        queued.removeIf(
                one -> one instanceof Notification.Event event && event.watch().equals(watch));
        events -= before - queued.size();
    }

    /** Puts an event in, or makes it part of what is queued already. */
    void offer(RegisteredWatch watch, String path) {
        lock.lock();
        try {
            if (end != null || !watches.contains(watch) || overflown.contains(watch)) {
                return;
            }
            Notification event = new Notification.Event(watch, path);
            if (events < capacity) {
                events += queued.add(event) ? 1 : 0;
            } else if (!queued.contains(event)) {
                dropEventsOf(watch);
                overflown.add(watch);
                queued.add(new Notification.Lost(watch));
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Puts the end of a gap in, or makes it one with the gap before. */
    void reconnected(Gap gap) {
        lock.lock();
        try {
            if (end != null) {
                return;
            }
            Notification.Reconnected before = reconnected;
            if (before != null) {
                queued.remove(before);
            }
            Notification.Reconnected now = new Notification.Reconnected(
                    before == null ? gap : before.gap().until(gap));
            reconnected = now;
            queued.add(now);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The server does not want this watch any more. At most one for each watch, so without a bound. */
    void refused(RegisteredWatch watch, RequestFailedException reason) {
        lock.lock();
        try {
            if (end == null && watches.contains(watch)) {
                purge(watch);
                queued.add(new Notification.Refused(watch, reason));
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** After what is queued only this is given, again and again. */
    void end(Notification last) {
        lock.lock();
        try {
            if (end == null) {
                end = last;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Notification take() throws InterruptedException {
        lock.lock();
        try {
            while (true) {
                Notification next = next();
                if (next != null) {
                    return next;
                }
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Optional<Notification> poll() {
        lock.lock();
        try {
            return Optional.ofNullable(next());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Optional<Notification> poll(Duration timeout) throws InterruptedException {
        lock.lock();
        try {
            long left = timeout.toNanos();
            while (true) {
                Notification next = next();
                if (next != null || left <= 0) {
                    return Optional.ofNullable(next);
                }
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Notification next() {
        if (queued.isEmpty()) {
            return end;
        }
        Notification first = queued.removeFirst();
        if (first instanceof Notification.Event) {
            events--;
        } else if (first instanceof Notification.Lost(Watch watch)) {
            overflown.remove(watch);
        } else if (first instanceof Notification.Reconnected) {
            reconnected = null;
        }
        return first;
    }

    @Override
    public void close() {
        List<RegisteredWatch> mine;
        lock.lock();
        try {
            mine = List.copyOf(watches);
            queued.clear();
            overflown.clear();
            reconnected = null;
            events = 0;
            end = new Notification.Closed();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        mine.forEach(this::unregister);
        router.forget(this);
    }
}
