package org.jxenstored.daemon;

import java.util.List;
import java.util.Map;
import org.jxenstored.daemon.CommandLineParser.Parsed;
import org.jxenstored.daemon.log.Messages;
import org.jxenstored.listener.ListenAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The program {@code xenstored}. */
public final class Main {
    private static final Logger log = LoggerFactory.getLogger(Main.class);
    private static final String SYSTEM_LOG = "/dev/log";

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), Surroundings.current()));
    }

    private static int run(List<String> arguments, Surroundings surroundings) {
        return switch (CommandLineParser.parse(arguments, surroundings)) {
            case Parsed.Help(String text) -> {
                System.out.print(text);
                yield ExitCode.DONE.number();
            }
            case Parsed.Refused(String message) -> {
                System.err.println("xenstored: " + message);
                yield ExitCode.FAILED.number();
            }
            case Parsed.Run(DaemonConfig config, List<String> notes) -> {
                Messages.toStandardError(config.logLevel());
                try {
                    yield start(config, notes, surroundings);
                } catch (StartException e) {
                    log.debug("the start failed", e);
                    System.err.println("xenstored: " + e.getMessage());
                    yield e.exitCode().number();
                }
            }
        };
    }

    private static int start(DaemonConfig config, List<String> notes, Surroundings surroundings) throws StartException {
        if (config.daemonize() && !Background.isChild()) {
            return Background.spawn();
        }
        if (Background.isChild()) {
            Background.leaveSession();
        }
        notes.forEach(log::warn);
        Hypervisors.check(config.hypervisor());
        Daemon daemon = new Daemon(config, Hypervisors::open, EngineServer::start);
        Signals.on("TERM", daemon::stop);
        Signals.on("INT", daemon::stop);
        ServiceManager serviceManager = new ServiceManager(surroundings.environment());
        return daemon.run(new ToTheWorld(config, surroundings.environment(), serviceManager))
                .number();
    }

    /** Says that the daemon is ready, or ends, to whoever started it. */
    private record ToTheWorld(DaemonConfig config, Map<String, String> environment, ServiceManager serviceManager)
            implements Daemon.Observer {
        @Override
        public void ready(StoreServer server, List<ListenAddress> addresses) {
            Signals.on("HUP", server::reopenTrace);
            if (Background.isChild()) {
                Background.ready();
                Messages.toSystemLog(config.logLevel(), bytes -> Libc.sendDatagram(SYSTEM_LOG, bytes));
            } else {
                System.err.print(
                        Greeting.of(config, addresses, environment, System.getProperty(Greeting.TOOLS_PROPERTY, "")));
            }
            serviceManager.ready(ProcessHandle.current().pid());
        }

        @Override
        public void stopping() {
            serviceManager.stopping();
            log.info("stopping");
        }
    }
}
