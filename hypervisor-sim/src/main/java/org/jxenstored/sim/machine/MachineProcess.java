package org.jxenstored.sim.machine;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.sim.SimulatedMachine;
import org.jxenstored.sim.SimulatorOptions;
import org.jxenstored.sim.remote.MachineFiles;

/** A simulated machine with all that makes it a process: its directory, its memory, and the way in for daemons. */
public final class MachineProcess implements AutoCloseable {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    private final FileChannel lock;
    private final MemoryFile memory;
    private final SimulatedMachine machine;
    private final DaemonGate gate;

    private MachineProcess(FileChannel lock, MemoryFile memory, SimulatedMachine machine, DaemonGate gate) {
        this.lock = lock;
        this.memory = memory;
        this.machine = machine;
        this.gate = gate;
    }

    /**
     * Switches a machine on.
     *
     * @throws IOException with a message for people, if the directory is not good for it or another machine runs there
     * @throws HypervisorException if Xen refuses what the options ask for
     */
    public static MachineProcess start(Path directory, SimulatorOptions options)
            throws IOException, HypervisorException {
        makePrivate(directory);
        MachineFiles files = new MachineFiles(directory);
        FileChannel lock = lock(files);
        MemoryFile memory = MemoryFile.make(files.memory());
        SimulatedMachine machine = SimulatedMachine.switchOn(options, directory, memory);
        return new MachineProcess(lock, memory, machine, DaemonGate.open(files.socket(), machine));
    }

    /** What runs in it. */
    public SimulatedMachine machine() {
        return machine;
    }

    private static void makePrivate(Path directory) throws IOException {
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            Path parent = directory.getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        }
        if (!Files.getPosixFilePermissions(directory).equals(OWNER_ONLY)
                || !Files.getOwner(directory).equals(Files.getOwner(Path.of("/proc/self")))) {
            throw new IOException(directory
                    + " is not for you alone: give a directory that is not there yet, or chmod 700" + " one of yours");
        }
    }

    private static FileChannel lock(MachineFiles files) throws IOException {
        FileChannel channel = FileChannel.open(
                files.lock(),
                Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        if (!isFree(channel)) {
            channel.close();
            throw new IOException("another machine runs in " + files.directory() + ": give another directory");
        }
        return channel;
    }

    private static boolean isFree(FileChannel channel) throws IOException {
        try {
            @Nullable FileLock ours = channel.tryLock();
            return ours != null;
        } catch (OverlappingFileLockException oneOfThisProcess) {
            return false;
        }
    }

    /** Switches it off; daemons learn of it first, so that they do not take its domains for dead one by one. Doing it twice does nothing. */
    @Override
    public void close() throws IOException {
        if (!lock.isOpen()) {
            return;
        }
        gate.close();
        machine.close();
        memory.close();
        lock.close();
    }
}
