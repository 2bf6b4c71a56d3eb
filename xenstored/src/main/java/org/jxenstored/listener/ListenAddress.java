package org.jxenstored.listener;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/** Where clients connect. */
public sealed interface ListenAddress {
    /** The domain that connections act as; empty: the daemon's own domain (P-CALL-3). */
    OptionalInt domid();

    /**
     * A Unix socket, open to its owner only (S-RUN-4).
     *
     * @param path absolute
     */
    record Unix(Path path, OptionalInt domid) implements ListenAddress {
        @Override
        public String toString() {
            return path.toString();
        }
    }

    /**
     * A TCP port.
     *
     * @param address resolved; port 0 lets the system choose
     * @param tls empty only for addresses that no other machine reaches
     */
    record Tcp(InetSocketAddress address, OptionalInt domid, Optional<TlsFiles> tls) implements ListenAddress {
        public Tcp {
            if (address.isUnresolved()) {
                throw new IllegalArgumentException("no address is known for " + address.getHostString());
            }
            if (tls.isEmpty() && !address.getAddress().isLoopbackAddress()) {
                throw new IllegalArgumentException("without TLS only loopback addresses, not " + address);
            }
        }

        @Override
        public String toString() {
            return "tcp:" + address.getAddress().getHostAddress() + ":" + address.getPort();
        }
    }
}
