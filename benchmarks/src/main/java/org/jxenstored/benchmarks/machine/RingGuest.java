package org.jxenstored.benchmarks.machine;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ByteChannel;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jxenstored.protocol.RingPage;
import org.jxenstored.protocol.RingStream;

/**
 * A domain of the pretended machine, and its end of the ring as a channel that blocks.
 *
 * <p>One thread may read while another one writes. A writer waits while the daemon takes nothing, and a daemon may take
 * nothing while its answers find no room: who sends without reading must expect no more than {@link
 * RingStream#CAPACITY} bytes of answers.
 *
 * <p>It tells the daemon of each write, and of a read if the responses had no room left, as Linux does. It waits in the
 * kernel, never in a loop.
 */
public final class RingGuest implements ByteChannel {
    /** What INTRODUCE is told; the machine has one page for each domain, whatever its frame. */
    private static final long GFN = 1;

    private static final int PORT = 5;

    private final MachineFiles files;
    private final int domid;
    private final RingPage page;
    private final RingStream requests;
    private final RingStream responses;
    private final FileChannel toDaemon;
    private final FileChannel fromDaemon;

    private final byte[] outgoing = new byte[RingStream.CAPACITY];
    private final byte[] incoming = new byte[RingStream.CAPACITY];
    private final ByteBuffer event =
            ByteBuffer.allocateDirect(2 * Integer.BYTES).order(ByteOrder.nativeOrder());
    private final ByteBuffer kicks = ByteBuffer.allocateDirect(4096);

    /** How often the daemon signalled. A thread that finds it changed looks at the ring again instead of waiting. */
    private volatile int heard;

    private final Object hearing = new Object();

    private RingGuest(MachineFiles files, int domid) throws IOException {
        this.files = files;
        this.domid = domid;
        // For reading too, so that signals wait while no daemon is there.
        this.toDaemon = FileChannel.open(files.daemonEvents(), StandardOpenOption.READ, StandardOpenOption.WRITE);
        Files.deleteIfExists(files.ring(domid));
        Fifo.make(files.events(domid));
        // Unmapped when nobody can look at it any more: who does when it is closed must not fail.
        this.page = FileRing.map(files.ring(domid), Arena.ofAuto());
        this.requests = page.requests();
        this.responses = page.responses();
        this.fromDaemon = FileChannel.open(files.events(domid), StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /**
     * Makes a domain with a fresh ring, and introduces it.
     *
     * @param shimDirectory the machine's directory, see {@code benchmarks/peers/xenshim.c}; a daemon runs on it
     * @param domid must not be that of a living domain
     */
    public static RingGuest connect(Path shimDirectory, int domid, Introducer introducer) throws IOException {
        MachineFiles files = new MachineFiles(shimDirectory);
        RingGuest guest = new RingGuest(files, domid);
        try {
            FileDomain.create(files, domid);
            introducer.introduce(domid, GFN, PORT);
            return guest;
        } catch (IOException | RuntimeException e) {
            guest.close();
            throw e;
        }
    }

    public int domid() {
        return domid;
    }

    /** Signals the daemon, whatever there is to be told of. */
    public void kick() throws IOException {
        tellDaemon(domid, PORT);
    }

    /** The shared page. */
    public RingPage page() {
        return page;
    }

    /** Writes all, and waits for room as long as it takes. */
    @Override
    public int write(ByteBuffer from) throws IOException {
        int all = from.remaining();
        int begin = 0;
        int end = 0;
        while (begin < end || from.hasRemaining()) {
            if (begin == end) {
                begin = 0;
                end = Math.min(from.remaining(), outgoing.length);
                from.get(outgoing, 0, end);
            }
            int before = heard;
            int count = checked(requests.write(outgoing, begin, end - begin));
            if (count > 0) {
                begin += count;
                tellDaemon(domid, PORT);
            } else {
                hear(before);
            }
        }
        return all;
    }

    /** Waits for at least one byte. */
    @Override
    public int read(ByteBuffer into) throws IOException {
        if (!into.hasRemaining()) {
            return 0;
        }
        while (true) {
            int before = heard;
            int count = checked(responses.read(incoming, 0, Math.min(into.remaining(), incoming.length)));
            if (count > 0) {
                // The daemon waits for room if it saw the stream full, which it was if it is now without these bytes.
                VarHandle.fullFence();
                if (checked(responses.available()) + count >= RingStream.CAPACITY) {
                    tellDaemon(domid, PORT);
                }
                into.put(incoming, 0, count);
                return count;
            }
            hear(before);
        }
    }

    private int checked(int count) throws IOException {
        if (count == RingStream.BAD_INDEXES) {
            throw new IOException("the indexes on the ring of domain " + domid + " contradict each other");
        }
        return count;
    }

    /** Returns as soon as the daemon has signalled since {@code before}. */
    private void hear(int before) throws IOException {
        synchronized (hearing) {
            if (heard == before) {
                fromDaemon.read(kicks.clear());
                heard = before + 1;
            }
        }
    }

    private void tellDaemon(int recordDomid, int port) throws IOException {
        synchronized (event) {
            toDaemon.write(event.clear().putInt(recordDomid).putInt(port).flip());
        }
    }

    @Override
    public boolean isOpen() {
        return fromDaemon.isOpen();
    }

    /** Destroys the domain: nothing of it is left, and the daemon is told. Who waits in it gets an exception. */
    @Override
    public void close() throws IOException {
        if (!isOpen()) {
            return;
        }
        fromDaemon.close();
        try (toDaemon) {
            Files.deleteIfExists(files.domain(domid));
            Files.deleteIfExists(files.events(domid));
            Files.deleteIfExists(files.ring(domid));
            tellDaemon(MachineFiles.VIRQ, MachineFiles.VIRQ_DOM_EXC);
        }
    }
}
