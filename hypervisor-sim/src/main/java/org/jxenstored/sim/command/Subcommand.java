package org.jxenstored.sim.command;

import java.util.List;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.sim.dom0.Dom0;
import org.jxenstored.sim.toolstack.ToolstackException;

/** One word after {@code sim}. */
interface Subcommand {
    /** What it is called. */
    String word();

    /** The arguments and options, empty if there are none. */
    String arguments();

    /** What it does, in a few words. */
    String summary();

    /** Options in the notation of {@link Words}. */
    default List<String> options() {
        return List.of();
    }

    /** Waits as long as {@code xl} would; gives the text for the user. */
    String run(Dom0 dom0, Words words) throws ToolstackException, HypervisorException, BadUsageException;

    /** Everything after {@code sim}. */
    default String usage() {
        return arguments().isEmpty() ? word() : word() + " " + arguments();
    }
}
