package org.jxenstored.sim.command;

import java.util.Locale;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.sim.dom0.Dom0;
import org.jxenstored.sim.host.SimDomain;
import org.jxenstored.sim.toolstack.Toolstack;
import org.jxenstored.sim.toolstack.ToolstackException;

/** The subcommands that do one thing to one guest and have no options. */
enum Deed implements Subcommand {
    PAUSE("is paused", "stop its virtual CPUs", Toolstack::pause),
    UNPAUSE("is unpaused", "let them run again", Toolstack::unpause),
    CRASH("crashed", "have its kernel panic", Toolstack::crash),
    DESTROY("is destroyed", "end it at once", Toolstack::destroy),
    RESUME("is resumed", "let a suspended guest go on", Toolstack::resume),
    SAVE("is saved and destroyed", "suspend it, keep an image, destroy it", (toolstack, guest) -> {
        var _ = toolstack.save(guest);
    }),
    SOFT_RESET("is reset", "start a guest anew that shut down for a soft reset", Toolstack::softReset);

    @FunctionalInterface
    private interface Action {
        void run(Toolstack toolstack, SimDomain guest) throws ToolstackException, HypervisorException;
    }

    private final String outcome;
    private final String summary;
    private final Action action;

    Deed(String outcome, String summary, Action action) {
        this.outcome = outcome;
        this.summary = summary;
        this.action = action;
    }

    @Override
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public String arguments() {
        return "NAME|ID";
    }

    @Override
    public String summary() {
        return summary;
    }

    @Override
    public String run(Dom0 dom0, Words words) throws ToolstackException, HypervisorException, BadUsageException {
        Toolstack toolstack = dom0.toolstack();
        SimDomain guest = Target.guest(toolstack, words);
        action.run(toolstack, guest);
        return guest + " " + outcome;
    }
}
