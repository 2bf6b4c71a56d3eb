package org.jxenstored.it.transcript;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.jxenstored.engine.Connection;
import org.jxenstored.engine.Engine;
import org.jxenstored.engine.Link;
import org.jxenstored.engine.RingLink;
import org.jxenstored.protocol.Header;
import org.jxenstored.protocol.Message;
import org.jxenstored.protocol.RingPage;
import org.jxenstored.protocol.RingStream;

/** A client of the bare engine, with the queues of bytes that a socket or a ring would be. */
final class EngineClient implements Client {
    private static final int UNBOUNDED = 1 << 24;

    private final EngineWorld world;
    private final Engine engine;
    private final String name;
    private final boolean ring;
    private final Stream input = new Stream();
    private final Stream output = new Stream();
    private final Deque<Message> received = new ArrayDeque<>();
    private @Nullable Connection connection;
    private boolean reading = true;
    private boolean cutOff;

    private EngineClient(EngineWorld world, Engine engine, String name, boolean ring) {
        this.world = world;
        this.engine = engine;
        this.name = name;
        this.ring = ring;
    }

    static EngineClient socket(EngineWorld world, Engine engine) {
        EngineClient client = new EngineClient(world, engine, "socket", false);
        client.connection = engine.connectSocket(client.new SocketEnd());
        return client;
    }

    static EngineClient ring(EngineWorld world, Engine engine, int domid) {
        return new EngineClient(world, engine, "ring of domain " + domid, true);
    }

    // What the shell around the engine does

    /** Serves the next request, if there is one and the engine admits it. */
    boolean serveOne() {
        Optional<Header> header = input.header();
        if (connection == null || connection.isIgnored() || connection.isClosed() || header.isEmpty()) {
            return false;
        }
        if (!header.get().lengthIsLegal()) {
            engine.protocolError(connection, RingPage.ERROR_PROTOCOL, "payload too long");
            input.clear();
            return true;
        }
        if (!input.holds(header.get())
                || !engine.admits(connection, header.get().type())) {
            return false;
        }
        engine.handle(connection, input.take(header.get()));
        return true;
    }

    /** Moves output to the client as far as there is room. */
    boolean drain() {
        boolean moved = false;
        if (!world.outputWaits()) {
            moved = move(reading || !ring ? UNBOUNDED : RingStream.CAPACITY - output.size());
        }
        if (reading) {
            for (Optional<Message> next = output.take(); next.isPresent(); next = output.take()) {
                received.add(next.get());
            }
        }
        return moved;
    }

    private boolean move(int atMost) {
        if (connection == null || connection.isClosed() || connection.output().isEmpty()) {
            return false;
        }
        ByteBuffer to = ByteBuffer.allocate(atMost);
        connection.output().drainTo(to);
        output.add(Arrays.copyOf(to.array(), to.position()));
        return to.position() > 0;
    }

    /** Moves the first message of the queue to the client. */
    private void moveOne() {
        if (move(Header.SIZE)) {
            output.header().ifPresent(header -> move(header.length()));
        }
    }

    // The client's end

    @Override
    public void send(byte[] bytes) {
        input.add(bytes);
        world.turn();
    }

    @Override
    public Optional<Message> receive() {
        world.turn();
        if (world.outputWaits()) {
            moveOne();
            world.turn();
        }
        return Optional.ofNullable(received.poll());
    }

    @Override
    public Optional<Message> poll() {
        return receive();
    }

    @Override
    public boolean isClosedByServer() {
        world.turn();
        return cutOff;
    }

    @Override
    public void stopReading() {
        reading = false;
    }

    @Override
    public void readOn() {
        reading = true;
        world.turn();
    }

    @Override
    public void beginAnew() {
        reading = true;
        received.clear();
    }

    @Override
    public void whisper(byte[] bytes) {
        throw new UnsupportedOperationException("there is no page here");
    }

    @Override
    public void store(RingWord word, int value) {
        throw new UnsupportedOperationException("there is no page here");
    }

    @Override
    public int await(RingWord word, int value) {
        throw new UnsupportedOperationException("there is no page here");
    }

    @Override
    public boolean isSignalled() {
        throw new UnsupportedOperationException("there is no event channel here");
    }

    @Override
    public void mendRing() {
        input.clear();
    }

    private void hangUp() {
        if (connection != null) {
            engine.disconnect(connection);
            connection = null;
        }
    }

    @Override
    public void close() {
        ends("closes");
        hangUp();
    }

    /** From now on this client receives nothing: what it has not received until now is a finding. */
    void ends(String how) {
        if (world.outputWaits() && connection != null && !connection.output().isEmpty()) {
            world.find(connection + " " + how + " and " + connection.output().bytes() + " bytes were not received");
        }
    }

    /** The way the engine reaches this client if it is a guest. */
    RingLink guestEnd() {
        return new GuestEnd();
    }

    private class SocketEnd implements Link {
        @Override
        public void wake() {}

        @Override
        public void resume() {}

        @Override
        public void cutOff(String reason) {
            cutOff = true;
            hangUp();
        }

        @Override
        public String describe() {
            return name;
        }
    }

    private final class GuestEnd extends SocketEnd implements RingLink {
        @Override
        public void start(Connection started) {
            connection = started;
        }

        @Override
        public void restart() {
            input.clear();
            output.clear();
        }

        @Override
        public void close() {
            connection = null;
        }

        @Override
        public void announceFeatures(int features) {}

        @Override
        public void rebind(int remotePort) {}

        @Override
        public boolean remap(long gfn) {
            return true;
        }

        @Override
        public void acknowledgeReconnect() {}

        @Override
        public void announceService() {}

        @Override
        public void announceReturn() {}

        @Override
        public void announceError(int error) {}
    }
}
