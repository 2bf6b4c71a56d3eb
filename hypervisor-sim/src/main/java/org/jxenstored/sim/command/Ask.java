package org.jxenstored.sim.command;

import java.time.Duration;
import java.util.List;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.sim.dom0.Dom0;
import org.jxenstored.sim.guest.ShutdownRequest;
import org.jxenstored.sim.host.SimDomain;
import org.jxenstored.sim.toolstack.Toolstack;
import org.jxenstored.sim.toolstack.ToolstackException;

/** {@code shutdown} and {@code reboot}: asks a guest's kernel. */
record Ask(String word, ShutdownRequest request, String summary) implements Subcommand {
    static final String WAIT = "-w";

    /** How long {@code -w} waits. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    @Override
    public String arguments() {
        return "[-w] NAME|ID";
    }

    @Override
    public List<String> options() {
        return List.of(WAIT);
    }

    @Override
    public String run(Dom0 dom0, Words words) throws ToolstackException, HypervisorException, BadUsageException {
        Toolstack toolstack = dom0.toolstack();
        SimDomain guest = Target.guest(toolstack, words);
        if (words.has(WAIT)) {
            toolstack.shutdownAndWait(guest, request, PATIENCE);
            return guest + " has shut down";
        }
        toolstack.shutdown(guest, request);
        return guest + " is asked for " + request.word();
    }
}
