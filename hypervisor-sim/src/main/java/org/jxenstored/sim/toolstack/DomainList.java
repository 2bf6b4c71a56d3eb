package org.jxenstored.sim.toolstack;

import java.util.List;
import java.util.Locale;
import org.jxenstored.hypervisor.DomainState;
import org.jxenstored.protocol.Limits;
import org.jxenstored.sim.host.SimDomain;
import org.jxenstored.sim.toolstack.Toolstack.NamedDomain;

/** The table of domains, with the columns of {@code xl list} (L-INFO-3). */
final class DomainList {
    private static final String HEADER = "Name                                        ID   Mem VCPUs\tState\tTime(s)\n";

    /** Leaves room for the last line and a NUL in a reply. */
    private static final int LENGTH_MAX = Limits.PAYLOAD_MAX - 40;

    /** One letter for each shutdown code. */
    private static final String REASONS = "-rscwS";

    private DomainList() {}

    /**
     * One line for each domain; the time is always 0, as no clock runs on a simulated host. What does not fit into
     * one reply of the daemon is counted in a last line.
     */
    static String of(List<NamedDomain> domains) {
        StringBuilder table = new StringBuilder(HEADER);
        int shown = 0;
        for (NamedDomain named : domains) {
            String line = line(named);
            if (table.length() + line.length() > LENGTH_MAX) {
                return table.append("... and ")
                        .append(domains.size() - shown)
                        .append(" more\n")
                        .toString();
            }
            table.append(line);
            shown++;
        }
        return table.toString();
    }

    private static String line(NamedDomain named) {
        SimDomain domain = named.domain();
        return String.format(
                Locale.ROOT,
                "%-40s %5d %5d %5d     %s  %8.1f\n",
                named.name().orElse("(null)"),
                domain.domid(),
                domain.config().memoryMib(),
                domain.config().vcpus(),
                letters(domain),
                0.0);
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
