package org.jxenstored.sim.command;

import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.sim.dom0.Dom0;
import org.jxenstored.sim.toolstack.ToolstackException;

/** {@code restore}: a saved guest goes on in a new domain. */
final class Restore implements Subcommand {
    @Override
    public String word() {
        return "restore";
    }

    @Override
    public String arguments() {
        return "NAME";
    }

    @Override
    public String summary() {
        return "give a saved guest a new domain";
    }

    @Override
    public String run(Dom0 dom0, Words words) throws ToolstackException, HypervisorException, BadUsageException {
        String name = words.single("NAME");
        return name + " is " + dom0.toolstack().restore(name);
    }
}
