package org.jxenstored.sim.host;

import java.util.Optional;

/**
 * The way of one event from the moment its port became pending to the domain's upcall.
 *
 * <p>Running it twice, late or in another order is harmless: it looks at the port's bits when it arrives.
 */
public final class Notification implements Runnable {
    private final HostLock lock;
    private final Port port;

    Notification(HostLock lock, Port port) {
        this.lock = lock;
        this.port = port;
    }

    /** The domain that is to be told. */
    public int domid() {
        return port.owner.domid();
    }

    /** That domain's port. */
    public int port() {
        return port.number;
    }

    /** Delivers: clears the pending bit and calls the domain, unless the port is masked, quiet or closed by now. */
    @Override
    public void run() {
        lock.call(this::take).ifPresent(upcall -> upcall.fired(port.number));
    }

    /** Loses the event on its way: the pending bit is cleared as if the domain had seen it. */
    public void lose() {
        lock.run(() -> {
            port.pending = false;
        });
    }

    private Optional<Upcall> take() {
        if (!port.canFire()) {
            return Optional.empty();
        }
        port.pending = false;
        port.masked = port.maskedWhenTaken;
        return Optional.ofNullable(port.upcall);
    }

    @Override
    public String toString() {
        return "domain " + domid() + " port " + port.number;
    }
}
