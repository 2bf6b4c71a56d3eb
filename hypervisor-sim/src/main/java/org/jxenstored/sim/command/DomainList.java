package org.jxenstored.sim.command;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jxenstored.hypervisor.DomainState;
import org.jxenstored.protocol.Limits;
import org.jxenstored.sim.host.SimDomain;
import org.jxenstored.sim.toolstack.Toolstack;

/** The table of domains, with the columns of {@code xl list} (L-INFO-3). */
final class DomainList {
    private static final String HEADER = "Name                                        ID   Mem VCPUs\tState\tTime(s)\n";

    /** Leaves room for the last line and a NUL in a reply. */
    private static final int LENGTH_MAX = Limits.PAYLOAD_MAX - 80;

    private static final double MILLIS = 1000.0;

    /** One letter for each shutdown code. */
    private static final String REASONS = "-rscwS";

    private DomainList() {}

    /**
     * One line for each domain. What does not fit into one reply of the daemon is counted in a last line, which says
     * how to see it.
     *
     * @param names asked only for domains that are shown
     */
    static String of(List<SimDomain> domains, Function<SimDomain, Optional<String>> names) {
        StringBuilder table = new StringBuilder(HEADER);
        int shown = 0;
        for (SimDomain domain : domains) {
            String line = line(domain, names.apply(domain));
            if (table.length() + line.length() > LENGTH_MAX) {
                int left = domains.size() - shown;
                return table + "... and " + left + " more: sim list --from " + domain.domid() + "\n";
            }
            table.append(line);
            shown++;
        }
        return table.toString();
    }

    private static String line(SimDomain domain, Optional<String> name) {
        return String.format(
                Locale.ROOT,
                "%-40s %5d %5d %5d     %s  %8.1f\n",
                name.orElse(Toolstack.NO_NAME),
                domain.domid(),
                domain.config().memoryMib(),
                domain.config().vcpus(),
                letters(domain),
                domain.runningTime().toMillis() / MILLIS);
    }

    /** The letters r (dom0, which works for all), b, p, s, the reason, d; a dash for each that does not apply. */
    static String letters(SimDomain domain) {
        DomainState state = domain.state();
        boolean runs = domain.isRunning();
        boolean isDom0 = state.has(DomainState.Capability.HARDWARE);
        return ""
                + (runs && isDom0 ? 'r' : '-')
                + (runs && !isDom0 ? 'b' : '-')
                + (domain.isPaused() ? 'p' : '-')
                + (state.shutdown() ? 's' : '-')
                + (state.shutdown() ? reason(state.shutdownCode()) : '-')
                + (state.isDead() ? 'd' : '-');
    }

    private static char reason(int shutdownCode) {
        return shutdownCode < REASONS.length() ? REASONS.charAt(shutdownCode) : '?';
    }
}
