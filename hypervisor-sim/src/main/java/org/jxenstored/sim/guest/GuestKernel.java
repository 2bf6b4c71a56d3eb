package org.jxenstored.sim.guest;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.jxenstored.client.ConnectionLostException;
import org.jxenstored.client.Notification;
import org.jxenstored.client.WatchQueue;
import org.jxenstored.client.XenstoreClient;
import org.jxenstored.client.XenstoreException;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.protocol.Value;
import org.jxenstored.sim.host.GuestProgram;
import org.jxenstored.sim.host.SimDomain;

/**
 * A small guest kernel: it talks to the store through its ring and obeys {@code control/shutdown} (C-USE-4,
 * L-SUSP-3).
 *
 * <p>A request that the store refuses is something a kernel cannot go on without: it panics then.
 */
public final class GuestKernel implements GuestProgram, Kernel {
    private static final Logger LOG = System.getLogger(GuestKernel.class.getName());
    private static final String SHUTDOWN = "control/shutdown";
    private static final String KNOWS_RESET_WATCHES = "control/platform-feature-xs_reset_watches";

    private final SimDomain domain;
    private @Nullable XenstoreClient store;
    private boolean stopped;

    public GuestKernel(SimDomain domain) {
        this.domain = domain;
    }

    @Override
    public SimDomain domain() {
        return domain;
    }

    @Override
    public synchronized Optional<XenstoreClient> store() {
        return Optional.ofNullable(store);
    }

    @Override
    public void start() {
        var _ = domain.host().time().start("guest-" + domain.domid(), this::run);
    }

    @Override
    public synchronized void stop() {
        stopped = true;
        if (store != null) {
            store.close();
        }
    }

    private synchronized Optional<XenstoreClient> connect() {
        if (stopped) {
            return Optional.empty();
        }
        store = XenstoreClient.connect(StoreRing.of(domain));
        return Optional.of(store);
    }

    private void run() {
        try {
            Optional<XenstoreClient> connected = connect();
            if (connected.isPresent()) {
                serve(connected.get());
            }
        } catch (ConnectionLostException endOfLife) {
            LOG.log(Level.DEBUG, "{0}: {1}", domain, endOfLife.getMessage());
        } catch (XenstoreException | HypervisorException problem) {
            panic(problem);
        } catch (InterruptedException endOfLife) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve(XenstoreClient client) throws InterruptedException, HypervisorException {
        if (client.readIfPresent(KNOWS_RESET_WATCHES).equals(Optional.of(Value.of("1")))) {
            client.resetWatches();
        }
        WatchQueue requests = client.watch(SHUTDOWN);
        for (String feature : ShutdownRequest.features()) {
            client.write("control/" + feature, "1");
        }
        while (true) {
            switch (requests.take()) {
                case Notification.Event _, Notification.Lost _ -> {
                    Optional<ShutdownRequest> request = takeRequest(client);
                    if (request.isPresent()) {
                        domain.shutdown(request.get().code());
                    }
                }
                case Notification.ConnectionBroken(ConnectionLostException reason) -> throw reason;
                case Notification.Closed() -> {
                    return;
                }
            }
        }
    }

    /** Reads the request and acknowledges it by the empty text, both or none. */
    private Optional<ShutdownRequest> takeRequest(XenstoreClient client) {
        return client.inTransaction(transaction -> {
            Optional<Value> wanted = transaction.readIfPresent(SHUTDOWN);
            if (wanted.isEmpty() || wanted.get().isEmpty()) {
                return Optional.empty();
            }
            transaction.write(SHUTDOWN, Value.EMPTY);
            Optional<ShutdownRequest> request = ShutdownRequest.of(wanted.get().text());
            if (request.isEmpty()) {
                LOG.log(Level.INFO, "{0} ignores the shutdown request {1}", domain, wanted.get());
            }
            return request;
        });
    }

    private void panic(Exception reason) {
        LOG.log(Level.WARNING, domain + " panics", reason);
        try {
            domain.crash();
        } catch (HypervisorException gone) {
            LOG.log(Level.DEBUG, "{0} is gone already", domain);
        }
    }
}
