package org.jxenstored.benchmarks.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Many connections, served by the calling thread. */
public final class Fleet implements AutoCloseable {
    private final Selector selector;
    private final List<Wire> wires = new ArrayList<>();

    private Fleet(Selector selector) {
        this.selector = selector;
    }

    /** So many connections to one daemon. */
    public static Fleet connect(Path socket, int connections) throws IOException {
        Fleet fleet = new Fleet(Selector.open());
        try {
            for (int i = 0; i < connections; i++) {
                fleet.wires.add(Wire.connect(socket));
            }
        } catch (IOException e) {
            fleet.close();
            throw e;
        }
        return fleet;
    }

    /** The connections; blocking until {@link #start}. */
    public List<Wire> wires() {
        return wires;
    }

    public Wire wire(int number) {
        return wires.get(number);
    }

    /** Lets the calling thread listen to all at once; from now on they do not block. */
    public void start() throws IOException {
        for (int i = 0; i < wires.size(); i++) {
            wires.get(i).selectable().configureBlocking(false);
            var _ = wires.get(i).selectable().register(selector, SelectionKey.OP_READ, i);
        }
    }

    /** Told which connection has something to read. */
    @FunctionalInterface
    public interface Ready {
        void readable(int number, Wire wire) throws IOException;
    }

    /**
     * Waits until there is something to read, at most this long, and hands it over.
     *
     * @param millis 0 to look and not wait
     */
    public void turn(long millis, Ready ready) throws IOException {
        try {
            if (millis == 0) {
                selector.selectNow(key -> hand(key, ready));
            } else {
                selector.select(key -> hand(key, ready), millis);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void hand(SelectionKey key, Ready ready) {
        try {
            int number = (int) key.attachment();
            if (key.isWritable() && wires.get(number).flush()) {
                key.interestOps(SelectionKey.OP_READ);
            }
            if (key.isReadable()) {
                ready.readable(number, wires.get(number));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends what was posted on a connection; what does not fit now goes out by itself later. */
    public void flush(Wire wire) throws IOException {
        if (!wire.flush()) {
            SelectionKey key = wire.selectable().keyFor(selector);
            if (key == null) {
                throw new ClosedChannelException();
            }
            key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
        }
    }

    @Override
    public void close() throws IOException {
        for (Wire wire : wires) {
            wire.close();
        }
        selector.close();
    }
}
