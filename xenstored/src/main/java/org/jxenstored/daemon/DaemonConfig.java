package org.jxenstored.daemon;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jxenstored.domain.Quotas;
import org.jxenstored.engine.EngineConfig;
import org.jxenstored.listener.ListenAddress;

/**
 * Everything the command line and the environment decide, concluded once at the start.
 *
 * <p>All paths are absolute.
 *
 * @param hypervisor which backend, with what settings
 * @param directories where files live
 * @param journal where the store is kept; empty to keep nothing
 * @param listen the addresses to serve; the first one is the standard socket (S-RUN-4)
 * @param connectionsMax how many connections one client may have, 0 for any number
 * @param pidFile where the process id goes
 * @param traceFile where requests are traced (S-LOG-1)
 * @param traceSwitches what is traced, names of S-LOG-2
 * @param quotas the global quotas (semantics.md 7.1)
 * @param watchEventTimeoutSeconds how long an event may wait for a guest, 0 for ever (S-LOSS-2)
 * @param keepOrphans true to keep the nodes of dead domains (S-DEATH-7)
 * @param masterDomid the daemon's own domain, if not detected (S-RUN-1)
 * @param privDomid the privileged domain, if not the control domain (S-RUN-1)
 * @param eventPort dom0's event channel port for a daemon in its own domain
 * @param liveUpdate true to start from the state of a predecessor
 * @param daemonize true to leave the terminal
 * @param logLevel which messages people see
 */
public record DaemonConfig(
        HypervisorChoice hypervisor,
        Directories directories,
        Optional<JournalConfig> journal,
        List<ListenAddress> listen,
        int connectionsMax,
        Optional<Path> pidFile,
        Optional<Path> traceFile,
        Set<String> traceSwitches,
        Quotas quotas,
        int watchEventTimeoutSeconds,
        boolean keepOrphans,
        OptionalInt masterDomid,
        OptionalInt privDomid,
        OptionalInt eventPort,
        boolean liveUpdate,
        boolean daemonize,
        LogLevel logLevel) {

    public DaemonConfig {
        listen = List.copyOf(listen);
        traceSwitches = Set.copyOf(traceSwitches);
    }

    /** The Unix socket that clients look for. */
    public Path socket() {
        if (listen.getFirst() instanceof ListenAddress.Unix unix) {
            return unix.path();
        }
        throw new IllegalStateException("the first address is not the standard socket: " + listen);
    }

    /** True if users other than root and the daemon's own may connect to a socket below this directory. */
    boolean leadsOthersThrough(Path directory) {
        return listen.stream()
                .anyMatch(address -> address instanceof ListenAddress.Unix unix
                        && unix.isForOthers()
                        && unix.path().startsWith(directory));
    }

    /** True if somebody who is neither root nor the daemon's own user may come in as one of these domains. */
    boolean letsOthersBe(SpecialDomains domains) {
        return listen.stream().anyMatch(address -> switch (address) {
            case ListenAddress.Unix unix -> unix.isForOthers() && domains.include(unix.domid());
            case ListenAddress.Tcp tcp -> tcp.namesClients() || domains.include(tcp.domid());
        });
    }

    /** What the engine is told, once it is known which domains are special. */
    public EngineConfig engineConfig(SpecialDomains domains) {
        return new EngineConfig(
                domains.storeDomid(),
                domains.privDomid(),
                quotas,
                watchEventTimeoutSeconds,
                keepOrphans,
                EngineConfig.DEFAULT_SOCKET_QUEUE_BYTES,
                EngineConfig.DEFAULT_EVENTS_AT_ONCE);
    }
}
