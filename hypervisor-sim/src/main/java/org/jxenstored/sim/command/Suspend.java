package org.jxenstored.sim.command;

import java.util.List;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.sim.dom0.Dom0;
import org.jxenstored.sim.host.SimDomain;
import org.jxenstored.sim.toolstack.Toolstack;
import org.jxenstored.sim.toolstack.ToolstackException;

/** {@code suspend}: by the guest's event channel, by the store, or from outside. */
final class Suspend implements Subcommand {
    @Override
    public String word() {
        return "suspend";
    }

    @Override
    public String arguments() {
        return "[-w] NAME|ID";
    }

    @Override
    public String summary() {
        return "ask it to suspend itself";
    }

    @Override
    public List<String> options() {
        return List.of(Ask.WAIT);
    }

    @Override
    public String run(Dom0 dom0, Words words) throws ToolstackException, HypervisorException, BadUsageException {
        Toolstack toolstack = dom0.toolstack();
        SimDomain guest = Target.guest(toolstack, words);
        if (words.has(Ask.WAIT)) {
            toolstack.suspend(guest);
            return guest + " is suspended";
        }
        toolstack.beginSuspend(guest);
        return guest + " is asked for suspend";
    }
}
