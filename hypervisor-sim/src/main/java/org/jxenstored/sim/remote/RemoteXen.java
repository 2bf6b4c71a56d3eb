package org.jxenstored.sim.remote;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;
import org.jxenstored.hypervisor.BackendCommand;
import org.jxenstored.hypervisor.DaemonAddress;
import org.jxenstored.hypervisor.DomainStates;
import org.jxenstored.hypervisor.EventChannels;
import org.jxenstored.hypervisor.Hypervisor;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.hypervisor.RingMapper;
import org.jxenstored.sim.command.SimCommand;

/** A simulated machine that runs as a process of its own, and goes on when the daemon ends. */
public final class RemoteXen implements Hypervisor {
    private final MachineLink link;
    private final RemoteDomains domains;
    private final RemoteChannels channels;
    private final RemoteRings rings;

    private RemoteXen(MachineLink link, RemoteRings rings) {
        this.link = link;
        this.domains = new RemoteDomains(link);
        this.channels = new RemoteChannels(link);
        this.rings = rings;
    }

    /**
     * Connects to the machine in this directory.
     *
     * @throws HypervisorException with an obstacle if none runs there, or one of another version
     */
    public static RemoteXen connect(Path directory) throws HypervisorException {
        MachineFiles files = new MachineFiles(directory);
        MachineLink link = MachineLink.open(files);
        try {
            return new RemoteXen(link, RemoteRings.open(link, files));
        } catch (HypervisorException e) {
            link.close();
            throw e;
        }
    }

    @Override
    public DomainStates domains() {
        return domains;
    }

    @Override
    public EventChannels eventChannels() {
        return channels;
    }

    @Override
    public RingMapper rings() {
        return rings;
    }

    @Override
    public OptionalInt controlDomainPort() {
        int port = link.hello().controlDomainPort();
        return port == 0 ? OptionalInt.empty() : OptionalInt.of(port);
    }

    @Override
    public Optional<String> boot() {
        return Optional.of(link.hello().boot());
    }

    @Override
    public List<BackendCommand> commands() {
        return List.of(new Sim());
    }

    /** The command, as {@code org.jxenstored.sim.command} has it, carried out in the machine. */
    private final class Sim implements BackendCommand {
        @Override
        public String name() {
            return SimCommand.NAME;
        }

        @Override
        public String usage() {
            return SimCommand.USAGE;
        }

        @Override
        public CompletionStage<Result> run(List<String> arguments) {
            return link.command(arguments);
        }
    }

    @Override
    public void daemonIsServing(DaemonAddress address) {
        link.say(new Call.Serving(address.socket().toString()));
    }

    @Override
    public CompletionStage<HypervisorException> gone() {
        return link.gone();
    }

    /** The machine goes on. */
    @Override
    public void close() {
        rings.close();
        link.close();
    }
}
