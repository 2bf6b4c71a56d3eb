package org.jxenstored.sim.command;

import java.util.List;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.protocol.Domid;
import org.jxenstored.sim.dom0.Dom0;
import org.jxenstored.sim.toolstack.ToolstackException;

/** {@code restore}: a saved guest goes on in a new domain. */
final class Restore implements Subcommand {
    private static final String DOMID = "--domid";

    @Override
    public String word() {
        return "restore";
    }

    @Override
    public String arguments() {
        return "NAME [--domid N]";
    }

    @Override
    public String summary() {
        return "give a saved guest a new domain";
    }

    @Override
    public List<String> options() {
        return List.of(DOMID + "=");
    }

    @Override
    public String run(Dom0 dom0, Words words) throws ToolstackException, HypervisorException, BadUsageException {
        String name = words.single("NAME");
        int domid = words.number(DOMID, 1, Domid.FIRST_RESERVED - 1).orElse(Domid.ANY);
        return name + " is " + dom0.toolstack().restore(name, domid);
    }
}
