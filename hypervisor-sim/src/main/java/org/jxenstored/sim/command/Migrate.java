package org.jxenstored.sim.command;

import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.sim.dom0.Dom0;
import org.jxenstored.sim.host.SimDomain;
import org.jxenstored.sim.toolstack.Toolstack;
import org.jxenstored.sim.toolstack.ToolstackException;

/** {@code migrate}: to this host itself. */
final class Migrate implements Subcommand {
    @Override
    public String word() {
        return "migrate";
    }

    @Override
    public String arguments() {
        return "NAME|ID";
    }

    @Override
    public String summary() {
        return "move it into another domain of this host";
    }

    @Override
    public String run(Dom0 dom0, Words words) throws ToolstackException, HypervisorException, BadUsageException {
        Toolstack toolstack = dom0.toolstack();
        SimDomain source = Target.guest(toolstack, words);
        SimDomain destination = toolstack.migrate(source);
        return source + " goes on as " + destination;
    }
}
