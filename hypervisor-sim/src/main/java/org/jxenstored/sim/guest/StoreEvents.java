package org.jxenstored.sim.guest;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.jxenstored.client.ConnectionLostException;
import org.jxenstored.client.Notification;
import org.jxenstored.client.RequestFailedException;
import org.jxenstored.client.TransactionBody;
import org.jxenstored.client.Watch;
import org.jxenstored.client.WatchQueue;
import org.jxenstored.client.XenstoreClient;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.protocol.Value;
import org.jxenstored.sim.host.SimDomain;
import org.jxenstored.sim.timeline.Party;
import org.jxenstored.sim.xenbus.Xenbus;

/**
 * A kernel's connection and the watches of its drivers, all in one queue.
 *
 * <p>It remembers the watches, so a kernel that wakes up from a suspend can register them anew (L-SUSP-7). Used by
 * one thread at a time.
 */
final class StoreEvents implements Xenbus {
    private static final String KNOWS_RESET_WATCHES = "control/platform-feature-xs_reset_watches";

    /** Dom0 hears of every device of every guest; a queue holds memory only for what is in it. */
    private static final int EVENTS = 16 * WatchQueue.DEFAULT_CAPACITY;

    private final SimDomain domain;
    private final XenstoreClient client;
    private final WatchQueue queue;
    private final Set<Registered> registrations = new LinkedHashSet<>();
    private final Map<Watch, Registered> byWatch = new HashMap<>();

    StoreEvents(SimDomain domain, XenstoreClient client) {
        this.domain = domain;
        this.client = client;
        this.queue = client.watchQueue(EVENTS);
    }

    private final class Registered implements Registration {
        private final String path;
        private final Handler handler;
        private @Nullable Watch watch;

        private Registered(String path, Handler handler) {
            this.path = path;
            this.handler = handler;
        }

        private void register() {
            Watch registered = queue.watch(path);
            watch = registered;
            byWatch.put(registered, this);
        }

        @Override
        public void close() {
            registrations.remove(this);
            if (watch != null) {
                byWatch.remove(watch);
                watch.close();
            }
        }
    }

    @Override
    public SimDomain domain() {
        return domain;
    }

    @Override
    public XenstoreClient client() {
        return client;
    }

    @Override
    public Registration watch(String path, Handler handler) {
        Registered registered = new Registered(path, handler);
        registered.register();
        registrations.add(registered);
        return registered;
    }

    @Override
    public <T, E extends Exception> T transaction(TransactionBody<T, E> body) throws E {
        return Transactions.call(client, domain.host().time(), body);
    }

    /** Waits for the next event. */
    Notification take() throws InterruptedException {
        return queue.take();
    }

    /** Tells the driver; false at the end of the queue. */
    boolean handle(Notification notification) throws HypervisorException, InterruptedException {
        switch (notification) {
            case Notification.Event(Watch watch, String path) -> fire(watch, path);
            case Notification.Lost(Watch watch) -> fire(watch, watch.path());
            case Notification.Reconnected _ -> {} // Each watch fires behind it.
            case Notification.Refused(Watch _, RequestFailedException reason) -> throw reason;
            case Notification.ConnectionBroken(ConnectionLostException reason) -> throw reason;
            case Notification.Closed() -> {
                return false;
            }
        }
        return true;
    }

    private void fire(Watch watch, String path) throws HypervisorException, InterruptedException {
        Registered registered = byWatch.get(watch);
        if (registered != null) {
            registered.handler.fired(path);
        }
    }

    /** Drops what an earlier life left in the daemon; false if it cannot do that. */
    boolean resetWatches() {
        boolean known = client.readIfPresent(KNOWS_RESET_WATCHES).equals(Optional.of(Value.of("1")));
        if (known) {
            client.resetWatches();
        }
        return known;
    }

    /**
     * After a suspend: a daemon that keeps watches of earlier lives has them dropped and gets them anew.
     *
     * @return true if all watches of the connection were dropped
     */
    boolean reregister() {
        boolean dropped = resetWatches();
        if (dropped) {
            domain.host()
                    .timeline()
                    .note(
                            domain.uniqueId(),
                            Party.domain(domain.domid()),
                            Party.XENSTORED,
                            "RESET_WATCHES, then WATCH anew");
            byWatch.clear();
            List.copyOf(registrations).forEach(Registered::register);
        }
        return dropped;
    }
}
