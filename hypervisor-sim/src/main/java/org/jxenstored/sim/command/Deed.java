package org.jxenstored.sim.command;

import java.util.List;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.sim.dom0.Dom0;
import org.jxenstored.sim.host.SimDomain;
import org.jxenstored.sim.toolstack.Toolstack;
import org.jxenstored.sim.toolstack.ToolstackException;

/**
 * A subcommand that does one thing to one guest and has no options.
 *
 * @param outcome what can be said of the guest afterwards
 */
record Deed(String word, String outcome, String summary, Action action) implements Subcommand {
    static final List<Deed> ALL = List.of(
            new Deed("resume", "is resumed", "let a suspended guest go on", Toolstack::resume),
            new Deed("pause", "is paused", "stop its virtual CPUs", Toolstack::pause),
            new Deed("unpause", "is unpaused", "let them run again", Toolstack::unpause),
            new Deed("crash", "crashed", "have its kernel panic", Toolstack::crash),
            new Deed("destroy", "is destroyed", "end it at once", Toolstack::destroy),
            new Deed("save", "is saved and destroyed", "suspend it, keep an image, destroy it", Deed::save),
            new Deed(
                    "kexec",
                    "asks for a soft reset",
                    "have its kernel start another one in the same domain",
                    Toolstack::kexec));

    @FunctionalInterface
    interface Action {
        void run(Toolstack toolstack, SimDomain guest) throws ToolstackException, HypervisorException;
    }

    private static void save(Toolstack toolstack, SimDomain guest) throws ToolstackException, HypervisorException {
        var _ = toolstack.save(guest);
    }

    @Override
    public String arguments() {
        return "NAME|ID";
    }

    @Override
    public String run(Dom0 dom0, Words words) throws ToolstackException, HypervisorException, BadUsageException {
        Toolstack toolstack = dom0.toolstack();
        SimDomain guest = Target.guest(toolstack, words);
        action.run(toolstack, guest);
        return guest + " " + outcome;
    }
}
