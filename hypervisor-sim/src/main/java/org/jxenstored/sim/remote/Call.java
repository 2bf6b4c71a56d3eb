package org.jxenstored.sim.remote;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What a daemon asks of the machine: hypercalls, and what its kernel's devices would do. */
public sealed interface Call {
    /** Answered with {@link Told.Domains}: all there are. */
    record ListDomains() implements Call {}

    /** Answered with {@link Told.Domains}: one or none. */
    record FindDomain(int domid) implements Call {}

    /** Answered with {@link Told.Changed}. */
    record TakeChanged() implements Call {}

    /** Answered with {@link Told.Port} or {@link Told.Refused}. */
    record BindDomainException() implements Call {}

    /** Answered with {@link Told.Port} or {@link Told.Refused}. */
    record BindInterdomain(int domid, int remotePort) implements Call {}

    record Signal(int port) implements Call {}

    record Unmask(int port) implements Call {}

    record Unbind(int port) implements Call {}

    /** Answered with {@link Told.Mapped} or {@link Told.Refused}. */
    record MapRing(int domid, long gfn) implements Call {}

    /** Answered with {@link Told.Mapped}, or with {@link Told.NotThere} where the daemon has a domain of its own. */
    record MapOwnRing() implements Call {}

    /**
     * The page is not touched any more.
     *
     * @param mapping as {@link Told.Mapped} had it
     */
    record Unmap(int mapping) implements Call {}

    /** Clients can connect to the daemon at this socket. */
    record Serving(String socket) implements Call {}

    /**
     * A command {@code sim}, answered some time with {@link Told.CommandDone}.
     *
     * @param number chosen by the daemon
     */
    record Command(int number, List<String> words) implements Call {
        public Command {
            words = List.copyOf(words);
        }
    }

    /** Writes it without its length. */
    default void write(DataOutput out) throws IOException {
        switch (this) {
            case ListDomains() -> out.writeByte(1);
            case FindDomain(int domid) -> {
                out.writeByte(2);
                out.writeInt(domid);
            }
            case TakeChanged() -> out.writeByte(3);
            case BindDomainException() -> out.writeByte(4);
            case BindInterdomain(int domid, int remotePort) -> {
                out.writeByte(5);
                out.writeInt(domid);
                out.writeInt(remotePort);
            }
            case Signal(int port) -> {
                out.writeByte(6);
                out.writeInt(port);
            }
            case Unmask(int port) -> {
                out.writeByte(7);
                out.writeInt(port);
            }
            case Unbind(int port) -> {
                out.writeByte(8);
                out.writeInt(port);
            }
            case MapRing(int domid, long gfn) -> {
                out.writeByte(9);
                out.writeInt(domid);
                out.writeLong(gfn);
            }
            case MapOwnRing() -> out.writeByte(10);
            case Unmap(int mapping) -> {
                out.writeByte(11);
                out.writeInt(mapping);
            }
            case Serving(String socket) -> {
                out.writeByte(12);
                Messages.writeText(out, socket);
            }
            case Command(int number, List<String> words) -> {
                out.writeByte(13);
                out.writeInt(number);
                out.writeInt(words.size());
                for (String word : words) {
                    Messages.writeText(out, word);
                }
            }
        }
    }

    /** Reads one; an IOException says that the other side is no daemon of this version. */
    static Call read(DataInput in) throws IOException {
        int kind = in.readByte();
        return switch (kind) {
            case 1 -> new ListDomains();
            case 2 -> new FindDomain(in.readInt());
            case 3 -> new TakeChanged();
            case 4 -> new BindDomainException();
            case 5 -> new BindInterdomain(in.readInt(), in.readInt());
            case 6 -> new Signal(in.readInt());
            case 7 -> new Unmask(in.readInt());
            case 8 -> new Unbind(in.readInt());
            case 9 -> new MapRing(in.readInt(), in.readLong());
            case 10 -> new MapOwnRing();
            case 11 -> new Unmap(in.readInt());
            case 12 -> new Serving(Messages.readText(in));
            case 13 -> new Command(in.readInt(), words(in));
            default -> throw new IOException("there is no call " + kind);
        };
    }

    private static List<String> words(DataInput in) throws IOException {
        int count = in.readInt();
        List<String> words = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            words.add(Messages.readText(in));
        }
        return words;
    }
}
