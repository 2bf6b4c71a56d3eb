package org.jxenstored.client;

import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.jxenstored.protocol.RingPage;

/** Where a xenstore server is reached. */
public sealed interface Endpoint {

    /**
     * The place where this machine's server is expected, looked up in the environment (C-LIB-1).
     *
     * <p>First the socket: {@code XENSTORED_PATH}, else as {@link org.jxenstored.protocol.RunDirectory} says.
     * If it cannot be opened, the device: {@code XENSTORED_PATH} if set, else {@code /dev/xen/xenbus}, else
     * {@code /proc/xen/xenbus}.
     */
    static Endpoint standard() {
        return StandardPlaces.ofThisProcess();
    }

    /** A Unix domain socket. */
    record UnixSocket(Path path) implements Endpoint {}

    /**
     * A TCP port, in the clear or with TLS.
     *
     * @param host name or address
     * @param port 1..65535
     * @param tls null for a connection in the clear
     */
    record Tcp(String host, int port, @Nullable SSLContext tls) implements Endpoint {
        public Tcp(String host, int port) {
            this(host, port, null);
        }
    }

    /** A character device that takes requests and gives replies, such as {@code /dev/xen/xenbus}. */
    record Device(Path path) implements Endpoint {}

    /** The ring page of a guest that lives in this JVM. The page must stay mapped until the client is closed. */
    record Ring(RingPage page, RingSignal signal) implements Endpoint {}

    /** Several places, tried one after the other until one can be opened. */
    record FirstOf(List<Endpoint> places) implements Endpoint {
        public FirstOf {
            places = List.copyOf(places);
        }
    }
}
