package org.jxenstored.daemon;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jxenstored.listener.ListenAddress;
import org.jxenstored.protocol.RunDirectory;

/** What a person in front of the terminal reads when clients can connect. */
final class Greeting {
    /** Where the tools lie; the launcher sets it. */
    static final String TOOLS_PROPERTY = "jxenstored.tools";

    private Greeting() {}

    /**
     * @param environment of this process: where it moves the socket, clients need the same setting
     * @param tools the directory of the client tools, empty if they are on the search path
     */
    static String of(
            DaemonConfig config, List<ListenAddress> addresses, Map<String, String> environment, String tools) {
        String served = addresses.stream().map(ListenAddress::toString).collect(Collectors.joining(", "));
        boolean moved = environment.containsKey(RunDirectory.SOCKET_VARIABLE)
                || environment.containsKey(RunDirectory.DIRECTORY_VARIABLE);
        String setting = moved
                ? RunDirectory.SOCKET_VARIABLE + "=" + quoted(config.socket().toString()) + " "
                : "";
        String tool = tools.isEmpty() ? "xenstore-ls" : quoted(tools + "/xenstore-ls");
        return "xenstored: ready on " + served + " (hypervisor: "
                + config.hypervisor().name() + ")\n"
                + "xenstored: look at the store from another terminal: " + setting + tool + " -f\n"
                + "xenstored: stop with Ctrl-C\n";
    }

    /** A word that can be pasted into a shell. */
    private static String quoted(String word) {
        return word.matches("[A-Za-z0-9_./:@%+=-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
