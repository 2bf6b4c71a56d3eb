package org.jxenstored.sim.dom0;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jxenstored.client.Endpoint;
import org.jxenstored.client.Reconnection;
import org.jxenstored.client.XenstoreClient;
import org.jxenstored.sim.guest.Kernel;

/** How programs of dom0 reach the store; both ways are privileged. */
public sealed interface WayToStore {
    /** By the daemon's socket, where the daemon runs in dom0. */
    record Socket(Path path) implements WayToStore {}

    /**
     * Through the kernel, where the store runs in a domain of its own, or where there are no sockets.
     *
     * @param storeDomid the domain the store runs in
     */
    record OwnRing(int storeDomid) implements WayToStore {}

    /** True if whoever connects also has to close. */
    default boolean isOwnConnection() {
        return this instanceof Socket;
    }

    /**
     * Waits until the kernel has its connection, if it is the one to go through. A lost one stays lost: dom0 starts its
     * programs again.
     */
    default XenstoreClient connect(Kernel kernel) throws InterruptedException {
        return switch (this) {
            case Socket(Path path) -> XenstoreClient.connect(new Endpoint.UnixSocket(path), Reconnection.never());
            case OwnRing _ -> ofKernel(kernel);
        };
    }

    private static XenstoreClient ofKernel(Kernel kernel) throws InterruptedException {
        while (true) {
            Optional<XenstoreClient> store = kernel.store();
            if (store.isPresent()) {
                return store.get();
            }
            kernel.domain().host().time().sleep(Duration.ofMillis(1));
        }
    }
}
