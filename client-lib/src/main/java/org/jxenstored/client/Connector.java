package org.jxenstored.client;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jxenstored.protocol.RunDirectory;

/** Opens endpoints. */
final class Connector {
    private Connector() {}

    /**
     * A place that was opened.
     *
     * @param place of several the one that could be opened: another one may lead to another server
     */
    record Opened(Transport transport, Endpoint place) {}

    static XenstoreClient connect(Endpoint endpoint, Reconnection reconnection, Pace pace) {
        Opened opened = open(endpoint);
        return new ConnectedClient(Session.over(opened.transport(), opened.place(), reconnection, pace));
    }

    static Opened open(Endpoint endpoint) {
        if (endpoint instanceof Endpoint.FirstOf several) {
            return firstOf(several);
        }
        // The usual case stands apart: setting up a pattern switch takes milliseconds that a short-lived tool feels.
        Transport transport =
                endpoint instanceof Endpoint.UnixSocket(Path path) ? unixSocket(path) : openOther(endpoint);
        return new Opened(transport, endpoint);
    }

    private static Transport openOther(Endpoint endpoint) {
        return switch (endpoint) {
            case Endpoint.UnixSocket(Path path) -> unixSocket(path);
            case Endpoint.Tcp tcp -> tcp(tcp);
            case Endpoint.Device(Path path) -> device(path);
            case Endpoint.Ring ring -> new RingTransport(ring.page(), ring.signal());
            case Endpoint.FirstOf several -> firstOf(several).transport();
        };
    }

    private static Transport unixSocket(Path path) {
        try {
            SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            return connected(channel, UnixDomainSocketAddress.of(path));
        } catch (IOException failure) {
            throw failed(path.toString(), failure, adviceFor(path));
        }
    }

    private static String adviceFor(Path socket) {
        return Files.exists(socket)
                ? "Is xenstored still running, and may this user open its socket?"
                : "Is xenstored running? If it listens elsewhere, name its socket in " + RunDirectory.SOCKET_VARIABLE;
    }

    private static Transport tcp(Endpoint.Tcp tcp) {
        try {
            if (tcp.tls() != null) {
                return TlsTransport.connect(tcp.host(), tcp.port(), tcp.tls());
            }
            SocketChannel channel = SocketChannel.open();
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            return connected(channel, new InetSocketAddress(tcp.host(), tcp.port()));
        } catch (UnresolvedAddressException failure) {
            throw failed(tcp.host(), new IOException("unknown host", failure), "Check the name.");
        } catch (IOException failure) {
            throw failed(tcp.host() + ":" + tcp.port(), failure, "Does xenstored listen there?");
        }
    }

    private static Transport connected(SocketChannel channel, SocketAddress address) throws IOException {
        try {
            channel.connect(address);
            return new ChannelTransport(channel);
        } catch (IOException | RuntimeException failure) {
            channel.close();
            throw failure;
        }
    }

    private static Transport device(Path path) {
        try {
            return new DeviceTransport(path);
        } catch (IOException failure) {
            throw failed(path.toString(), failure, "Is the xenbus driver loaded, and may this user open the device?");
        }
    }

    private static Opened firstOf(Endpoint.FirstOf several) {
        StringBuilder problems = new StringBuilder();
        for (Endpoint place : several.places()) {
            try {
                return open(place);
            } catch (ConnectFailedException failure) {
                problems.append(problems.isEmpty() ? "" : "; ").append(failure.getMessage());
            }
        }
        throw new ConnectFailedException(problems.isEmpty() ? "no place to connect to was given" : problems.toString());
    }

    private static ConnectFailedException failed(String place, IOException why, String advice) {
        String reason = why.getMessage() == null ? why.toString() : why.getMessage();
        return new ConnectFailedException("cannot connect to " + place + ": " + reason + ". " + advice, why);
    }
}
