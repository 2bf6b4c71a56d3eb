package org.jxenstored.sim.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jxenstored.sim.guest.ShutdownRequest;

/** All words after {@code sim}, in the order of the help. Made when the first is asked for, not with the daemon. */
final class Subcommands {
    static final List<Subcommand> ALL = all();

    private Subcommands() {}

    private static List<Subcommand> all() {
        List<Subcommand> all = new ArrayList<>(List.of(
                new Create(),
                new ListDomains(),
                new Ask("shutdown", ShutdownRequest.POWEROFF, "ask it to power off"),
                new Ask("reboot", ShutdownRequest.REBOOT, "ask it to reboot"),
                new Suspend()));
        all.addAll(Deed.ALL);
        all.addAll(List.of(new Restore(), new Migrate(), new ShowTimeline()));
        return List.copyOf(all);
    }

    static Optional<Subcommand> of(String word) {
        return ALL.stream().filter(subcommand -> subcommand.word().equals(word)).findFirst();
    }
}
