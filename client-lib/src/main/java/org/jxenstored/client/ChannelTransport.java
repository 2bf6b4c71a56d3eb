package org.jxenstored.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * A Unix or TCP socket.
 *
 * <p>The channel is non-blocking although everybody waits: the JDK closes a blocking channel when a thread
 * in it is interrupted, so one cancelled caller would take the connection away from all others. A
 * round trip costs one write, one wait and one read.
 */
final class ChannelTransport implements Transport {
    private final SocketChannel channel;
    private final Selector readable;
    private boolean maybeMore;
    private volatile @Nullable Selector writable;
    private volatile boolean closed;

    /** Takes over a connected channel. */
    ChannelTransport(SocketChannel channel) throws IOException {
        this.channel = channel;
        channel.configureBlocking(false);
        this.readable = Selector.open();
        channel.register(readable, SelectionKey.OP_READ);
    }

    @Override
    public int read(ByteBuffer to) throws IOException {
        if (maybeMore) {
            int count = channel.read(to);
            maybeMore = count > 0 && !to.hasRemaining();
            if (count != 0) {
                return count;
            }
        }
        while (true) {
            await(readable);
            int count = channel.read(to);
            if (count != 0) {
                maybeMore = !to.hasRemaining();
                return count;
            }
        }
    }

    @Override
    public void write(ByteBuffer messages) throws IOException {
        boolean interrupted = false;
        try {
            while (messages.hasRemaining()) {
                if (channel.write(messages) == 0) {
                    // A selector does not wait in an interrupted thread.
                    interrupted |= Thread.interrupted();
                    await(writableSelector());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Selector writableSelector() throws IOException {
        Selector selector = writable;
        if (selector == null) {
            selector = Selector.open();
            writable = selector;
            if (closed) {
                selector.close();
                throw new ClosedChannelException();
            }
            channel.register(selector, SelectionKey.OP_WRITE);
        }
        return selector;
    }

    private void await(Selector selector) throws IOException {
        try {
            selector.select();
            selector.selectedKeys().clear();
        } catch (ClosedSelectorException ended) {
            throw new ClosedChannelException();
        }
        if (closed) {
            throw new ClosedChannelException();
        }
    }

    @Override
    public void close() {
        closed = true;
        Closing.quietly(channel);
        Closing.quietly(readable);
        Closing.quietly(writable);
    }

    @Override
    public boolean readsWithoutAThread() {
        return false;
    }
}
