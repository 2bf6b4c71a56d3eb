package org.jxenstored.sim.remote;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jxenstored.hypervisor.BackendCommand.Result;
import org.jxenstored.hypervisor.DomainState;
import org.jxenstored.hypervisor.DomainState.Capability;
import org.jxenstored.hypervisor.DomainState.Life;
import org.jxenstored.protocol.Errno;

/** What the machine tells a daemon: answers to its {@link Call}s, and what happens by itself. */
public sealed interface Told {
    /** Of these messages; a machine and a daemon of different versions do not understand each other. */
    int VERSION = 1;

    /** As they are numbered in messages. */
    List<Life> LIVES = List.of(Life.ALIVE, Life.DYING, Life.DEAD);

    /** A bit for each, from the lowest upwards. */
    List<Capability> CAPABILITIES = List.of(Capability.CONTROL, Capability.HARDWARE, Capability.XENSTORE);

    /**
     * The first message.
     *
     * @param recordsChanges as {@link org.jxenstored.hypervisor.DomainStates#recordsChanges}
     * @param controlDomainPort as {@link org.jxenstored.hypervisor.Hypervisor#controlDomainPort}, 0 for none
     * @param boot as {@link org.jxenstored.hypervisor.Hypervisor#boot}
     */
    record Hello(int version, boolean recordsChanges, int controlDomainPort, String boot) implements Told {}

    record Domains(List<DomainState> states) implements Told {
        public Domains {
            states = List.copyOf(states);
        }
    }

    record Changed(List<Integer> domids) implements Told {
        public Changed {
            domids = List.copyOf(domids);
        }
    }

    record Port(int port) implements Told {}

    /**
     * A ring is mapped.
     *
     * @param domid whose it is
     * @param remotePort the port of the kernel that owns it, 0 if it was not asked for
     * @param mapping what {@link Call.Unmap} calls it
     * @param frame which page of the machine's memory it is
     */
    record Mapped(int domid, int remotePort, int mapping, long frame) implements Told {}

    record NotThere() implements Told {}

    record Refused(Errno errno, String message) implements Told {}

    /** A port fired; it is masked until {@link Call.Unmask}. */
    record Pending(int port) implements Told {}

    record CommandDone(int number, Result result) implements Told {}

    /** Writes it without its length. */
    default void write(DataOutput out) throws IOException {
        switch (this) {
            case Hello(int version, boolean recordsChanges, int controlDomainPort, String boot) -> {
                out.writeByte(1);
                out.writeInt(version);
                out.writeBoolean(recordsChanges);
                out.writeInt(controlDomainPort);
                Messages.writeText(out, boot);
            }
            case Domains(List<DomainState> states) -> {
                out.writeByte(2);
                out.writeInt(states.size());
                for (DomainState state : states) {
                    write(out, state);
                }
            }
            case Changed(List<Integer> domids) -> {
                out.writeByte(3);
                out.writeInt(domids.size());
                for (int domid : domids) {
                    out.writeInt(domid);
                }
            }
            case Port(int port) -> {
                out.writeByte(4);
                out.writeInt(port);
            }
            case Mapped(int domid, int remotePort, int mapping, long frame) -> {
                out.writeByte(5);
                out.writeInt(domid);
                out.writeInt(remotePort);
                out.writeInt(mapping);
                out.writeLong(frame);
            }
            case NotThere() -> out.writeByte(6);
            case Refused(Errno errno, String message) -> {
                out.writeByte(7);
                write(out, errno, message);
            }
            case Pending(int port) -> {
                out.writeByte(8);
                out.writeInt(port);
            }
            case CommandDone(int number, Result.Text(String text)) -> {
                out.writeByte(9);
                out.writeInt(number);
                Messages.writeText(out, text);
            }
            case CommandDone(int number, Result.Failed(Errno errno, String reason)) -> {
                out.writeByte(10);
                out.writeInt(number);
                write(out, errno, reason);
            }
        }
    }

    /** Reads one; an IOException says that the other side is no machine of this version. */
    static Told read(DataInput in) throws IOException {
        int kind = in.readByte();
        return switch (kind) {
            case 1 -> new Hello(in.readInt(), in.readBoolean(), in.readInt(), Messages.readText(in));
            case 2 -> new Domains(domains(in));
            case 3 -> new Changed(domids(in));
            case 4 -> new Port(in.readInt());
            case 5 -> new Mapped(in.readInt(), in.readInt(), in.readInt(), in.readLong());
            case 6 -> new NotThere();
            case 7 -> new Refused(errno(in), Messages.readText(in));
            case 8 -> new Pending(in.readInt());
            case 9 -> new CommandDone(in.readInt(), new Result.Text(Messages.readText(in)));
            case 10 -> new CommandDone(in.readInt(), new Result.Failed(errno(in), Messages.readText(in)));
            default -> throw new IOException("there is no message " + kind);
        };
    }

    private static void write(DataOutput out, Errno errno, String message) throws IOException {
        out.writeInt(errno.number());
        Messages.writeText(out, message);
    }

    private static Errno errno(DataInput in) throws IOException {
        return Errno.ofNumber(in.readInt()).orElse(Errno.EIO);
    }

    private static void write(DataOutput out, DomainState state) throws IOException {
        out.writeInt(state.domid());
        out.writeLong(state.uniqueId());
        out.writeByte(LIVES.indexOf(state.life()));
        out.writeBoolean(state.shutdown());
        out.writeInt(state.shutdownCode());
        int capabilities = 0;
        for (Capability capability : state.capabilities()) {
            capabilities |= 1 << CAPABILITIES.indexOf(capability);
        }
        out.writeByte(capabilities);
    }

    private static List<DomainState> domains(DataInput in) throws IOException {
        int count = in.readInt();
        List<DomainState> states = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            states.add(new DomainState(
                    in.readInt(),
                    in.readLong(),
                    LIVES.get(Math.clamp(in.readByte(), 0, LIVES.size() - 1)),
                    in.readBoolean(),
                    in.readInt(),
                    capabilities(in.readByte())));
        }
        return states;
    }

    private static Set<Capability> capabilities(int bits) {
        Set<Capability> set = EnumSet.noneOf(Capability.class);
        for (int i = 0; i < CAPABILITIES.size(); i++) {
            if ((bits & 1 << i) != 0) {
                set.add(CAPABILITIES.get(i));
            }
        }
        return set;
    }

    private static List<Integer> domids(DataInput in) throws IOException {
        int count = in.readInt();
        List<Integer> domids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            domids.add(in.readInt());
        }
        return domids;
    }
}
