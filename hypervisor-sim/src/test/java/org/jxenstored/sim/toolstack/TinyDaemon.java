package org.jxenstored.sim.toolstack;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jxenstored.hypervisor.DomainState;
import org.jxenstored.hypervisor.Hypervisor;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.hypervisor.MappedRing;
import org.jxenstored.protocol.Header;
import org.jxenstored.protocol.Message;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.protocol.Value;

/** A {@link TinyStore} behind a Unix socket and the rings of a hypervisor. */
final class TinyDaemon implements AutoCloseable {
    private final Hypervisor xen;
    private final Path socket;
    private final ServerSocketChannel server;
    private final Map<Integer, Ring> rings = new ConcurrentHashMap<>();
    private final TinyStore store = new TinyStore(this::ofDomain);
    private final int exceptionPort;

    /** Domains whose shutdown was told. */
    private final Set<Integer> reported = ConcurrentHashMap.newKeySet();

    TinyDaemon(Hypervisor xen, Path socket) throws IOException {
        this.xen = xen;
        this.socket = socket;
        this.server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        xen.eventChannels().listen(this::pending);
        try {
            exceptionPort = xen.eventChannels().bindDomainException();
            xen.rings().ownRing().ifPresent(own -> attach(own.domid(), own.remotePort(), own.ring()));
        } catch (HypervisorException refusal) {
            throw new IllegalStateException(refusal);
        }
        Thread.ofVirtual().start(this::accept);
    }

    Path socket() {
        return socket;
    }

    TinyStore store() {
        return store;
    }

    private void pending(int port) {
        if (port == exceptionPort) {
            scan();
            xen.eventChannels().unmask(port);
            return;
        }
        Ring ring = rings.get(port);
        if (ring != null) {
            ring.serve();
        }
    }

    /** Tells of shutdowns once, unmaps the rings of the dead and tells of them. */
    private void scan() {
        boolean news = false;
        for (int domid : xen.domains().takeChanged()) {
            Optional<DomainState> state = xen.domains().find(domid);
            if (state.isEmpty() || state.get().isDead()) {
                news |= forget(domid);
            } else if (state.get().shutdown()) {
                news |= reported.add(domid);
            }
        }
        if (news) {
            store.fire("@releaseDomain");
        }
    }

    private void ofDomain(MessageType type, List<String> arguments) {
        int domid = Integer.parseInt(arguments.getFirst());
        switch (type) {
            case INTRODUCE -> introduce(domid, Long.parseLong(arguments.get(1)), Integer.parseInt(arguments.get(2)));
            case RELEASE -> forget(domid);
            case RESUME -> reported.remove(domid);
            default -> throw new IllegalArgumentException("not about domains: " + type);
        }
    }

    private void introduce(int domid, long gfn, int port) {
        try {
            attach(domid, port, xen.rings().map(domid, gfn));
        } catch (HypervisorException refusal) {
            throw new IllegalStateException(refusal);
        }
    }

    /** Unmaps the ring of a domain; false if there is none. */
    private boolean forget(int domid) {
        List<Ring> known =
                rings.values().stream().filter(ring -> ring.domid == domid).toList();
        known.forEach(Ring::close);
        reported.remove(domid);
        return !known.isEmpty();
    }

    private void attach(int domid, int remotePort, MappedRing mapped) {
        try {
            int port = xen.eventChannels().bindInterdomain(domid, remotePort);
            Ring ring = new Ring(domid, port, mapped);
            rings.put(port, ring);
            ring.serve();
        } catch (HypervisorException refusal) {
            throw new IllegalStateException(refusal);
        }
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel client = server.accept();
                Thread.ofVirtual().start(() -> serve(client));
            }
        } catch (ClosedChannelException end) {
            return;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void serve(SocketChannel client) {
        Frames frames = new Frames();
        Consumer<Message> out = message -> send(client, message);
        ByteBuffer buffer = ByteBuffer.allocate(8192);
        try (client) {
            while (client.read(buffer.clear()) >= 0) {
                frames.add(Arrays.copyOf(buffer.array(), buffer.position()));
                for (Message request : frames.take()) {
                    store.handle(0, request, out);
                }
            }
        } catch (IOException | UncheckedIOException itLeft) {
            return;
        }
    }

    private static void send(SocketChannel client, Message reply) {
        try {
            client.write(ByteBuffer.wrap(reply.toByteArray()));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        List.copyOf(rings.values()).forEach(Ring::close);
        xen.eventChannels().unbind(exceptionPort);
    }

    private final class Ring {
        private final int domid;
        private final int port;
        private final MappedRing mapped;
        private final Frames frames = new Frames();
        private final Consumer<Message> out = this::send;
        private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();
        private boolean closed;

        Ring(int domid, int port, MappedRing mapped) {
            this.domid = domid;
            this.port = port;
            this.mapped = mapped;
        }

        void serve() {
            synchronized (store) {
                if (closed) {
                    return;
                }
                byte[] chunk = new byte[1024];
                int count = mapped.page().requests().read(chunk, 0, chunk.length);
                frames.add(Arrays.copyOf(chunk, count));
                frames.take().forEach(request -> store.handle(domid, request, out));
                flush();
                xen.eventChannels().unmask(port);
            }
        }

        private void send(Message message) {
            synchronized (store) {
                waiting.writeBytes(message.toByteArray());
                flush();
            }
        }

        /** Writes what fits; the guest signals when it has made room. */
        private void flush() {
            if (closed) {
                return;
            }
            byte[] bytes = waiting.toByteArray();
            int written = mapped.page().responses().write(bytes, 0, bytes.length);
            waiting.reset();
            waiting.write(bytes, written, bytes.length - written);
            xen.eventChannels().signal(port);
        }

        void close() {
            synchronized (store) {
                closed = true;
                rings.remove(port);
                xen.eventChannels().unbind(port);
                mapped.close();
            }
        }
    }

    /** Bytes in, whole messages out. */
    private static final class Frames {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        void add(byte[] more) {
            bytes.writeBytes(more);
        }

        List<Message> take() {
            List<Message> messages = new ArrayList<>();
            ByteBuffer all = ByteBuffer.wrap(bytes.toByteArray());
            while (all.remaining() >= Header.SIZE) {
                Header header = Header.read(all.mark());
                if (all.remaining() < header.length()) {
                    all.reset();
                    break;
                }
                byte[] payload = new byte[header.length()];
                all.get(payload);
                messages.add(
                        new Message(header.type(), header.requestId(), header.transactionId(), Value.owning(payload)));
            }
            bytes.reset();
            bytes.write(all.array(), all.position(), all.remaining());
            return messages;
        }
    }
}
