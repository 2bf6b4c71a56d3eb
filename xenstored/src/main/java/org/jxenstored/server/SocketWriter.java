package org.jxenstored.server;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.unix.DomainSocketChannel;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.jxenstored.engine.OutQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what waits for one client.
 *
 * <p>On a Unix socket of the epoll transport the bytes go straight to the descriptor: nothing stands in between there,
 * and a write that a thousand watchers wait for is spared a thousand ways through the channel. What the socket
 * does not take, and all that comes while some of it still waits, goes through the channel, which keeps it
 * until there is room.
 */
final class SocketWriter {
    private static final Logger log = LoggerFactory.getLogger(SocketWriter.class);

    /** Bytes given to the channel before it has to have written some of them, and size of the {@link #transfer} buffer. */
    static final int BUFFER_SIZE = 64 << 10;

    private final Channel channel;
    private final @Nullable FileDescriptor descriptor;
    private final ByteBuffer transfer;
    private boolean channelHasSome;

    /**
     * For one channel.
     *
     * @param transfer a direct buffer of {@link #BUFFER_SIZE} that all of an event loop share: it is used within a call only
     */
    SocketWriter(Channel channel, ByteBuffer transfer) {
        this.channel = channel;
        this.descriptor = channel instanceof DomainSocketChannel unix ? unix.fd() : null;
        this.transfer = transfer;
        channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(BUFFER_SIZE / 2, BUFFER_SIZE));
    }

    /** Writes as much as the socket takes, and the channel may keep. */
    void write(OutQueue output) {
        while (!output.isEmpty() && descriptor != null && !channelHasSome && channel.isActive()) {
            writeStraight(output, descriptor);
        }
        writeThroughChannel(output);
    }

    private void writeStraight(OutQueue output, FileDescriptor to) {
        transfer.clear();
        output.drainTo(transfer);
        int size = transfer.position();
        int written;
        try {
            written = to.write(transfer, 0, size);
        } catch (IOException e) {
            log.debug("cannot write to {}", channel, e);
            var _ = channel.close();
            return;
        }
        if (written < size) {
            ByteBuf rest = channel.alloc().ioBuffer(size - written);
            channelHasSome = true;
            channel.writeAndFlush(rest.writeBytes(transfer.flip().position(written)))
                    .addListener(_ -> channelHasSome = false);
        }
    }

    private void writeThroughChannel(OutQueue output) {
        boolean wrote = false;
        while (!output.isEmpty() && channel.isActive() && channel.isWritable()) {
            int size = (int) Math.min(output.bytes(), BUFFER_SIZE);
            ByteBuf buffer = channel.alloc().ioBuffer(size, size);
            ByteBuffer target = buffer.internalNioBuffer(0, size);
            int start = target.position();
            output.drainTo(target);
            var _ = channel.write(buffer.writerIndex(target.position() - start), channel.voidPromise());
            wrote = true;
        }
        if (wrote) {
            channel.flush();
        }
    }
}
