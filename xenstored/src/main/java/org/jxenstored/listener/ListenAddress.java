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
     * A Unix socket, open to its owner only (S-RUN-4), unless more users are named.
     *
     * @param path absolute
     * @param users who may connect besides root and the daemon's own user
     */
    record Unix(Path path, OptionalInt domid, LocalUsers users) implements ListenAddress {
        /** For root and the daemon's own user only. */
        public Unix(Path path, OptionalInt domid) {
            this(path, domid, LocalUsers.NONE);
        }

        /** True if users other than root and the daemon's own may connect. */
        public boolean isForOthers() {
            return !users.isEmpty();
        }

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

        /** True if it is decided for each client which domain it acts as. */
        public boolean namesClients() {
            return tls.flatMap(TlsFiles::clients).isPresent();
        }

        @Override
        public String toString() {
            return "tcp:" + address.getAddress().getHostAddress() + ":" + address.getPort();
        }
    }
}
