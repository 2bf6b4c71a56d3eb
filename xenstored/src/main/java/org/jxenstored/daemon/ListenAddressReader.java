package org.jxenstored.daemon;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.jxenstored.listener.ListenAddress;
import org.jxenstored.listener.LocalUsers;
import org.jxenstored.listener.TlsFiles;
import org.jxenstored.protocol.Numbers;

/** Reads one {@code --listen} option. */
final class ListenAddressReader {
    private static final int LAST_PORT = 65535;
    private static final String USER = "user";
    private static final String CLIENTS = "tls-clients";
    private static final Set<String> UNIX_KEYS = Set.of("domid", USER);
    private static final Set<String> TCP_KEYS = Set.of("domid", "tls-cert", "tls-key", "tls-ca", CLIENTS);

    private final String text;
    private final Path workingDirectory;

    ListenAddressReader(String text, Path workingDirectory) {
        this.text = text;
        this.workingDirectory = workingDirectory;
    }

    ListenAddress read() throws BadOptionException {
        String[] parts = text.split(",", -1);
        if (parts[0].startsWith("unix:") && parts[0].length() > "unix:".length()) {
            Path path = path(parts[0].substring("unix:".length()));
            Map<String, List<String>> settings = settings(parts, UNIX_KEYS);
            String option = "--listen " + text + "," + USER + "=";
            Set<Integer> uids = SystemUsers.uids("--listen " + parts[0] + "," + USER + "=", all(settings, USER));
            return new ListenAddress.Unix(path, domid(settings), new LocalUsers(uids, option));
        }
        if (parts[0].startsWith("tcp:")) {
            return tcp(parts[0].substring("tcp:".length()), settings(parts, TCP_KEYS));
        }
        throw bad("give unix:PATH or tcp:HOST:PORT");
    }

    private ListenAddress tcp(String hostAndPort, Map<String, List<String>> settings) throws BadOptionException {
        int colon = hostAndPort.lastIndexOf(':');
        OptionalInt port = Numbers.decimalInt(hostAndPort.substring(colon + 1), LAST_PORT);
        String host = colon < 1 ? "" : hostAndPort.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        if (host.isEmpty() || port.isEmpty()) {
            throw bad("give tcp:HOST:PORT with a port from 0 to 65535");
        }
        InetSocketAddress address = new InetSocketAddress(host, port.getAsInt());
        if (address.isUnresolved()) {
            throw bad("no address is known for host " + host);
        }
        Optional<TlsFiles> tls = tls(settings);
        if (tls.isEmpty() && !address.getAddress().isLoopbackAddress()) {
            throw bad("other machines can reach this address, and whoever connects rules all domains; give a loopback"
                    + " address such as 127.0.0.1, or tls-cert=, tls-key= and tls-ca= so that only clients with a"
                    + " certificate get in");
        }
        return new ListenAddress.Tcp(address, domid(settings), tls);
    }

    private Optional<TlsFiles> tls(Map<String, List<String>> settings) throws BadOptionException {
        String certificate = last(settings, "tls-cert");
        String key = last(settings, "tls-key");
        String authority = last(settings, "tls-ca");
        String clients = last(settings, CLIENTS);
        if (certificate == null && key == null && authority == null && clients == null) {
            return Optional.empty();
        }
        if (certificate == null || key == null || authority == null) {
            throw bad("TLS needs tls-cert= (our certificate), tls-key= (its key) and tls-ca= (who signs the clients'"
                    + " certificates), all three");
        }
        if (clients != null && settings.containsKey("domid")) {
            throw bad(CLIENTS + "= says for each client which domain it is, domid= for all of them; give one of them");
        }
        return Optional.of(new TlsFiles(
                path(certificate),
                path(key),
                path(authority),
                clients == null ? Optional.empty() : Optional.of(path(clients))));
    }

    private Path path(String name) throws BadOptionException {
        return DaemonConfigReader.pathOf("--listen " + text, name, workingDirectory);
    }

    private static List<String> all(Map<String, List<String>> settings, String key) {
        return settings.getOrDefault(key, List.of());
    }

    private static @Nullable String last(Map<String, List<String>> settings, String key) {
        List<String> all = all(settings, key);
        return all.isEmpty() ? null : all.getLast();
    }

    private OptionalInt domid(Map<String, List<String>> settings) throws BadOptionException {
        String domid = last(settings, "domid");
        return domid == null
                ? OptionalInt.empty()
                : OptionalInt.of(DaemonConfigReader.domidOf("--listen " + text, domid));
    }

    private Map<String, List<String>> settings(String[] parts, Set<String> known) throws BadOptionException {
        Map<String, List<String>> settings = new HashMap<>();
        for (int i = 1; i < parts.length; i++) {
            int equals = parts[i].indexOf('=');
            if (equals < 0 || !known.contains(parts[i].substring(0, equals))) {
                throw bad("\"" + parts[i] + "\" is not one of its settings, which are "
                        + String.join("=, ", known.stream().sorted().toList()) + "=");
            }
            settings.computeIfAbsent(parts[i].substring(0, equals), _ -> new ArrayList<>())
                    .add(parts[i].substring(equals + 1));
        }
        return settings;
    }

    private BadOptionException bad(String why) {
        return new BadOptionException("--listen " + text + ": " + why);
    }
}
