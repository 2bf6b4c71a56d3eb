package org.jxenstored.sim.command;

import org.jxenstored.hypervisor.DomainState.Capability;
import org.jxenstored.protocol.Errno;
import org.jxenstored.sim.host.SimDomain;
import org.jxenstored.sim.toolstack.Toolstack;
import org.jxenstored.sim.toolstack.ToolstackException;

/** Finds the domain a command is about. */
final class Target {
    private Target() {}

    /** The only operand, as a guest: ENOENT if there is none of this name, EPERM for dom0. */
    static SimDomain guest(Toolstack toolstack, Words words) throws ToolstackException, BadUsageException {
        String nameOrDomid = words.single("NAME or ID");
        SimDomain found = toolstack
                .find(nameOrDomid)
                .orElseThrow(() -> new ToolstackException(
                        Errno.ENOENT, "there is no domain '" + nameOrDomid + "': 'sim list' shows those that exist"));
        if (found.state().has(Capability.XENSTORE)) {
            throw new ToolstackException(Errno.EPERM, "this cannot be done to " + found + ": the daemon depends on it");
        }
        return found;
    }
}
