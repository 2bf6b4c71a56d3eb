package org.jxenstored.benchmarks.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.atomic.AtomicLong;

/** A domain of the pretended machine: it exists while its file does. */
public final class FileDomain {
    private static final AtomicLong UNIQUE_IDS = new AtomicLong(
            (System.currentTimeMillis() << 16) ^ (ProcessHandle.current().pid() << 40));

    private FileDomain() {}

    /**
     * Makes a running domain that never was there before.
     *
     * @param shimDirectory the machine's directory
     */
    public static void create(Path shimDirectory, int domid) throws IOException {
        create(new MachineFiles(shimDirectory), domid);
    }

    /** The daemon may look at any moment, so the file appears whole. */
    static void create(MachineFiles files, int domid) throws IOException {
        Path fresh = files.domains().resolve(domid + ".new");
        Files.writeString(fresh, "running uid=" + UNIQUE_IDS.incrementAndGet() + "\n");
        Files.move(fresh, files.domain(domid), StandardCopyOption.ATOMIC_MOVE);
    }
}
