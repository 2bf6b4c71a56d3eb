package org.jxenstored.daemon;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.jxenstored.domain.QuotaName;
import org.jxenstored.domain.Quotas;
import org.jxenstored.engine.EngineConfig;
import org.jxenstored.listener.ConnectionLimit;
import org.jxenstored.listener.ListenAddress;
import org.jxenstored.listener.LocalUsers;
import org.jxenstored.protocol.Domid;
import org.jxenstored.protocol.Numbers;

/** Turns the texts of the command line into a {@link DaemonConfig}, or says which one is wrong. */
final class DaemonConfigReader {
    private static final String ALLOW_USER = "--allow-user ";
    private static final int PATH_MAX_CAP = 2048;
    private static final Set<String> TRACE_SWITCHES = Set.of("obj", "io", "wrl", "acc", "tdb");
    private static final List<String> DEFAULT_TRACE_SWITCHES = List.of("obj", "io");

    private final Options options;
    private final Surroundings surroundings;

    DaemonConfigReader(Options options, Surroundings surroundings) {
        this.options = options;
        this.surroundings = surroundings;
    }

    DaemonConfig read() throws BadOptionException {
        Directories directories = surroundings.directories();
        return new DaemonConfig(
                HypervisorChoice.parse(orElse(options.hypervisor, HypervisorChoice.DEFAULT_NAME)),
                directories,
                journal(directories),
                listen(),
                options.connections == null
                        ? ConnectionLimit.DEFAULT
                        : number("--connections " + options.connections, options.connections),
                path("--pid-file", options.pidFile, surroundings.workingDirectory()),
                path("--trace-file", options.traceFile, directories.lib()),
                traceSwitches(),
                quotas(),
                watchEventTimeout(),
                options.keepOrphans,
                domid("--master-domid", options.masterDomid),
                domid("--priv-domid", options.privDomid),
                options.event == null
                        ? OptionalInt.empty()
                        : OptionalInt.of(number("--event " + options.event, options.event)),
                options.liveUpdate,
                daemonize(),
                logLevel());
    }

    private Optional<JournalConfig> journal(Directories directories) throws BadOptionException {
        if (options.recover != null && !options.recover.equals("prefix")) {
            throw new BadOptionException("--recover " + options.recover + ": the only way is --recover=prefix");
        }
        if (options.noJournal && (options.state != null || options.journalSync || options.recover != null)) {
            throw new BadOptionException("--no-journal leaves nothing to do for --state, --journal-sync and --recover");
        }
        Path directory = path("--state", options.state, surroundings.workingDirectory())
                .orElse(directories.run().resolve("state"));
        return options.noJournal
                ? Optional.empty()
                : Optional.of(new JournalConfig(directory, options.journalSync, options.recover != null));
    }

    private List<ListenAddress> listen() throws BadOptionException {
        List<ListenAddress> addresses = new ArrayList<>();
        LocalUsers users = new LocalUsers(SystemUsers.uids(ALLOW_USER, options.allowUser), ALLOW_USER);
        addresses.add(new ListenAddress.Unix(surroundings.socket(), OptionalInt.empty(), users));
        for (String text : options.listen) {
            addresses.add(new ListenAddressReader(text, surroundings.workingDirectory()).read());
        }
        return addresses;
    }

    private static Optional<Path> path(String option, @Nullable String text, Path base) throws BadOptionException {
        return text == null ? Optional.empty() : Optional.of(pathOf(option + " " + text, text, base));
    }

    /** The file that a part of an option names. Not every text is a name: in the locale C none but ASCII is. */
    static Path pathOf(String option, String text, Path base) throws BadOptionException {
        try {
            return base.resolve(text);
        } catch (InvalidPathException e) {
            throw new BadOptionException(option + ": this is no file name here: " + e.getReason());
        }
    }

    private Set<String> traceSwitches() throws BadOptionException {
        Set<String> on = new LinkedHashSet<>(DEFAULT_TRACE_SWITCHES);
        for (String text : options.traceControl) {
            String name = text.isEmpty() ? "" : text.substring(1);
            if (!TRACE_SWITCHES.contains(name) || (text.charAt(0) != '+' && text.charAt(0) != '-')) {
                throw new BadOptionException("--trace-control " + text
                        + ": no such switch; give + or - and one of obj, io, wrl, acc, tdb, such as +wrl");
            }
            if (text.charAt(0) == '+') {
                on.add(name);
            } else {
                on.remove(name);
            }
        }
        return on;
    }

    private Quotas quotas() throws BadOptionException {
        for (String bad : options.badQuotas) {
            String names = QuotaName.all().stream()
                    .filter(QuotaName::isHard)
                    .map(QuotaName::wireName)
                    .collect(Collectors.joining(", "));
            throw new BadOptionException(
                    "--quota " + bad + ": give NAME=N, such as nodes=2000; NAME is one of " + names);
        }
        Quotas quotas = Quotas.DEFAULTS;
        for (Map.Entry<QuotaName, Options.QuotaText> given : options.quotas.entrySet()) {
            long value = number(given.getValue().option(), given.getValue().number());
            boolean capped = given.getKey() == QuotaName.PATH_MAX && value > PATH_MAX_CAP;
            quotas = quotas.with(given.getKey(), capped ? PATH_MAX_CAP : value);
        }
        return options.softQuota == null
                ? quotas
                : quotas.with(QuotaName.SOFT_MEMORY, named("--quota-soft", "memory", options.softQuota));
    }

    private int watchEventTimeout() throws BadOptionException {
        return options.timeout == null
                ? EngineConfig.DEFAULT_WATCH_EVENT_TIMEOUT_SECONDS
                : named("--timeout", "watch-event", options.timeout);
    }

    private boolean daemonize() throws BadOptionException {
        if (options.daemonize && options.noFork) {
            throw new BadOptionException("--daemonize and --no-fork exclude each other; give one of them");
        }
        return options.daemonize;
    }

    private LogLevel logLevel() throws BadOptionException {
        String name = orElse(options.logLevel, LogLevel.INFO.toString());
        return LogLevel.ofName(name)
                .orElseThrow(() -> new BadOptionException(
                        "--log-level " + name + ": no such level; give error, warning, info or debug"));
    }

    /** The number of {@code name=number}, where only one name is known. */
    private static int named(String option, String name, String text) throws BadOptionException {
        if (!text.startsWith(name + "=")) {
            throw new BadOptionException(option + " " + text + ": give " + name + "=N");
        }
        return number(option + " " + text, text.substring(name.length() + 1));
    }

    /**
     * @param option the option as the user wrote it, with its value
     */
    private static int number(String option, String text) throws BadOptionException {
        OptionalInt number = Numbers.decimalInt(text, Integer.MAX_VALUE);
        return number.orElseThrow(() -> new BadOptionException(
                option + ": \"" + text + "\" is not a whole number from 0 to " + Integer.MAX_VALUE));
    }

    private static OptionalInt domid(String option, @Nullable String text) throws BadOptionException {
        return text == null ? OptionalInt.empty() : OptionalInt.of(domidOf(option + " " + text, text));
    }

    /** The domid in a part of an option. */
    static int domidOf(String option, String text) throws BadOptionException {
        return Domid.parse(text).stream()
                .filter(Domid::isOrdinary)
                .findFirst()
                .orElseThrow(() -> new BadOptionException(
                        option + ": \"" + text + "\" is not a domid from 0 to " + (Domid.FIRST_RESERVED - 1)));
    }

    private static String orElse(@Nullable String text, String otherwise) {
        return text == null ? otherwise : text;
    }
}
