package org.jxenstored.daemon;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.jxenstored.hypervisor.DaemonAddress;
import org.jxenstored.hypervisor.Hypervisor;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.listener.ConnectionLimit;
import org.jxenstored.listener.EventLoopThread;
import org.jxenstored.listener.ListenAddress;
import org.jxenstored.listener.ListenException;
import org.jxenstored.listener.Listeners;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One life of the daemon: starts everything in order, serves until told to stop, stops in the opposite order. */
final class Daemon {
    private static final Logger log = LoggerFactory.getLogger(Daemon.class);

    private final DaemonConfig config;
    private final HypervisorOpener hypervisors;
    private final StoreServer.Starter starter;
    private final CountDownLatch stop = new CountDownLatch(1);
    private volatile @Nullable HypervisorException gone;

    /** Connects to the hypervisor that was chosen. */
    @FunctionalInterface
    interface HypervisorOpener {
        Hypervisor open(HypervisorChoice choice, Path directory) throws StartException;
    }

    /** Hears of the two moments that the world outside cares for. */
    interface Observer {
        /**
         * Clients can connect.
         *
         * @param server for what signals ask
         */
        void ready(StoreServer server, List<ListenAddress> addresses);

        /** The end begins; clients are still connected. */
        void stopping();
    }

    Daemon(DaemonConfig config, HypervisorOpener hypervisors, StoreServer.Starter starter) {
        this.config = config;
        this.hypervisors = hypervisors;
        this.starter = starter;
    }

    /** Ends {@link #run}, now or as soon as it has started. From any thread. */
    void stop() {
        stop.countDown();
    }

    /**
     * Serves until {@link #stop}, or until the hypervisor is gone; returns at once if another process holds the lock on
     * the pid file.
     *
     * @return what the program ends with
     * @throws StartException with a message for people; whatever was started is stopped again
     */
    ExitCode run(Observer observer) throws StartException {
        Path backendDirectory = prepareDirectories();
        if (config.pidFile().isEmpty()) {
            return serve(backendDirectory, observer);
        }
        Optional<PidFile> claimed =
                PidFile.claim(config.pidFile().get(), ProcessHandle.current().pid());
        if (claimed.isEmpty()) {
            log.debug("another process holds {}", config.pidFile().get());
            return ExitCode.DONE;
        }
        try (PidFile _ = claimed.get()) {
            return serve(backendDirectory, observer);
        }
    }

    private Path prepareDirectories() throws StartException {
        try {
            Path backend = config.directories()
                    .prepare(
                            config.hypervisor().name(),
                            config.leadsOthersThrough(config.directories().run()));
            Path ofSocket = config.socket().getParent();
            if (ofSocket != null && !ofSocket.equals(config.directories().run())) {
                SafeDirectory.ensure(ofSocket, false, config.leadsOthersThrough(ofSocket));
            }
            return backend;
        } catch (IOException e) {
            throw new StartException(SafeDirectory.reason(e), e);
        }
    }

    private ExitCode serve(Path backendDirectory, Observer observer) throws StartException {
        try (EventLoopThread loop = EventLoopThread.start()) {
            // Another daemon here has more than the sockets: whoever it is must be told of before those are missed.
            Listeners.refuseIfInUse(loop, config.listen());
            return serve(backendDirectory, loop, observer);
        } catch (ListenException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
    }

    private ExitCode serve(Path backendDirectory, EventLoopThread loop, Observer observer) throws StartException {
        try (Hypervisor hypervisor = hypervisors.open(config.hypervisor(), backendDirectory);
                StoreServer server =
                        starter.start(config, config.engineConfig(specialDomains(hypervisor)), hypervisor, loop);
                Listeners listeners = Listeners.open(
                        loop, config.listen(), new ConnectionLimit(config.connectionsMax()), server.accepted())) {
            observer.ready(server, listeners.addresses());
            hypervisor.daemonIsServing(new DaemonAddress(config.socket()));
            hypervisor.gone().thenAccept(this::hypervisorIsGone);
            stop.await();
            observer.stopping();
            return exitCode();
        } catch (ListenException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.DONE;
        } catch (RuntimeException defect) {
            throw new StartException(
                    "hypervisor " + config.hypervisor().name() + ": "
                            + Objects.requireNonNullElse(defect.getMessage(), defect.toString())
                            + " (--log-level debug shows where)",
                    defect);
        }
    }

    /** Without it nothing can be served; what the store holds is kept. */
    private void hypervisorIsGone(HypervisorException why) {
        gone = why;
        stop();
    }

    private ExitCode exitCode() {
        HypervisorException why = gone;
        if (why == null) {
            return ExitCode.DONE;
        }
        log.error("hypervisor {}: {}", config.hypervisor().name(), why.getMessage());
        return ExitCode.of(why.obstacle());
    }

    private SpecialDomains specialDomains(Hypervisor hypervisor) throws StartException {
        return SpecialDomains.find(hypervisor.domains().list(), config.masterDomid(), config.privDomid())
                .orElseThrow(() ->
                        new StartException("hypervisor " + config.hypervisor().name()
                                + " names neither a control domain nor a xenstore domain; give --priv-domid DOMID"));
    }
}
