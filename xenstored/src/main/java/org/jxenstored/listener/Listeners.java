package org.jxenstored.listener;

import java.util.ArrayList;
import java.util.List;

/** All addresses the daemon serves. */
public final class Listeners implements AutoCloseable {
    private final List<Listener> open = new ArrayList<>();

    private Listeners() {}

    /**
     * Opens all of these, or none.
     *
     * @param accepted told of each connection, on the event loop thread
     * @throws ListenException saying which address cannot be served and why
     */
    public static Listeners open(EventLoopThread loop, List<ListenAddress> addresses, Accepted accepted)
            throws ListenException {
        return open(loop, addresses, new ConnectionLimit(ConnectionLimit.DEFAULT), accepted);
    }

    /** As above, with another bound on the connections of one client. */
    public static Listeners open(
            EventLoopThread loop, List<ListenAddress> addresses, ConnectionLimit limit, Accepted accepted)
            throws ListenException {
        Listeners listeners = new Listeners();
        try {
            for (ListenAddress address : addresses) {
                listeners.open.add(open(loop, address, limit, accepted));
            }
        } catch (ListenException e) {
            listeners.close();
            throw e;
        }
        return listeners;
    }

    /**
     * Returns if nobody else serves one of these sockets; sooner than {@link #open} would find out.
     *
     * @throws ListenException saying who does
     */
    public static void refuseIfInUse(EventLoopThread loop, List<ListenAddress> addresses) throws ListenException {
        for (ListenAddress address : addresses) {
            if (address instanceof ListenAddress.Unix unix) {
                SocketProbe.refuseIfInUse(loop, unix.path());
            }
        }
    }

    private static Listener open(EventLoopThread loop, ListenAddress address, ConnectionLimit limit, Accepted accepted)
            throws ListenException {
        return switch (address) {
            case ListenAddress.Unix unix -> UnixListener.open(loop, unix, accepted, limit);
            case ListenAddress.Tcp tcp -> TcpListener.open(loop, tcp, accepted, limit);
        };
    }

    /** What is served, in the order asked for, with the real ports. */
    public List<ListenAddress> addresses() {
        return open.stream().map(Listener::address).toList();
    }

    /** Stops accepting everywhere and removes the socket files that are ours. */
    @Override
    public void close() {
        open.forEach(Listener::close);
    }
}
