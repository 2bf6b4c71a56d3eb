package org.jxenstored.sim.machine;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.sim.SimulatorOptions;

/** What the words behind {@code xensim} mean. */
sealed interface CommandLine {
    String USAGE = """
            Usage: xensim DIRECTORY [KEY=VALUE]...

            Runs a simulated Xen machine until SIGTERM or Ctrl-C. Daemons are started on it with
                xenstored --hypervisor sim,machine=DIRECTORY
            and may be stopped, killed and started again while its domains go on, one daemon at a time.

            DIRECTORY holds the machine's memory, and the sockets into its domains (dom1.sock); it is made
            if it is missing, with mode 0700. A tmpfs is best, such as /run. One machine for each directory.

              seed=NUMBER                  decides the unique ids of domains (default: 1)
              unique-ids=on|off            off plays a Xen before 4.21 (default: on)
              domid-reuse-timeout=SECONDS  how long the id of a destroyed domain rests (default: 60)
              dom0-nodes=on|off            on: dom0 starts with each daemon (default: off, when it is needed,
                                           or when there are guests already)
              store=dom0|stubdom           stubdom: daemons run in a domain of their own (default: dom0)

            Exit codes: 0 ended by a signal, 1 could not start: the line before says why
            """;

    /** Print this and do nothing. */
    record Help() implements CommandLine {}

    /**
     * Do nothing.
     *
     * @param message for the user
     */
    record Refused(String message) implements CommandLine {}

    /** Run a machine there. */
    record Run(Path directory, SimulatorOptions options) implements CommandLine {}

    static CommandLine parse(List<String> words) {
        if (words.contains("--help") || words.contains("-h")) {
            return new Help();
        }
        if (words.isEmpty()) {
            return new Refused("give a directory for the machine, such as xensim /run/xensim; --help tells more");
        }
        String first = words.getFirst();
        if (first.isEmpty() || first.startsWith("-") || first.contains("=")) {
            return new Refused("\"" + first + "\" is no directory: the first word must be one; --help tells more");
        }
        try {
            Map<String, String> settings = new LinkedHashMap<>();
            for (String word : words.subList(1, words.size())) {
                int equals = word.indexOf('=');
                if (equals < 1) {
                    return new Refused("\"" + word + "\" is not of the form KEY=VALUE; --help lists the keys");
                }
                settings.put(word.substring(0, equals), word.substring(equals + 1));
            }
            return new Run(Path.of(first).toAbsolutePath().normalize(), SimulatorOptions.read(settings));
        } catch (InvalidPathException e) {
            return new Refused("\"" + first + "\" is no file name here: " + e.getReason());
        } catch (HypervisorException e) {
            return new Refused(String.valueOf(e.getMessage()));
        }
    }
}
