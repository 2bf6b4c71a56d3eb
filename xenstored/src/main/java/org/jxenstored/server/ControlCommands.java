package org.jxenstored.server;

import java.util.ArrayList;
import java.util.List;
import org.jxenstored.control.Check;
import org.jxenstored.control.ControlCommand;
import org.jxenstored.control.FromBackend;
import org.jxenstored.control.Log;
import org.jxenstored.control.LogFile;
import org.jxenstored.control.MemReport;
import org.jxenstored.control.Print;
import org.jxenstored.control.Quota;
import org.jxenstored.engine.Engine;
import org.jxenstored.hypervisor.Hypervisor;
import org.jxenstored.trace.Tracer;

/** Which CONTROL commands there are: the daemon's and those that its backend brings. */
final class ControlCommands {
    private ControlCommands() {}

    /** @param loop runs what a backend has to say later */
    static List<ControlCommand> of(Engine engine, Tracer tracer, Hypervisor hypervisor, FromBackend.EngineThread loop) {
        List<ControlCommand> commands = new ArrayList<>(List.of(
                new Check(engine),
                new Log(tracer),
                new LogFile(tracer),
                new MemReport(engine, tracer, ProcessMemory::describe),
                new Print(tracer),
                Quota.hard(engine.domains()),
                Quota.soft(engine.domains())));
        hypervisor.commands().forEach(command -> commands.add(new FromBackend(command, loop, tracer)));
        return commands;
    }
}
