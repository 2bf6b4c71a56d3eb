package org.jxenstored.listener;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Does what is dear in TLS handshakes on a thread of its own, one after the other: whoever reaches the port can ask for
 * one, and those who are served must not wait for it.
 */
final class Handshakes implements AutoCloseable {
    /** Handshakes that wait for the thread; for one more the connection is closed. */
    private static final int WAITING_MAX = 1024;

    private static final long IDLE_SECONDS = 30;

    private final SslContext context;
    private final ThreadPoolExecutor thread;

    Handshakes(SslContext context) {
        this.context = context;
        this.thread = new ThreadPoolExecutor(
                1,
                1,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(WAITING_MAX),
                new DefaultThreadFactory("tls", true));
        thread.allowCoreThreadTimeOut(true);
    }

    /** What makes a TLS connection of a channel. */
    SslHandler handler(Channel client) {
        return context.newHandler(client.alloc(), thread);
    }

    /** Who is in the middle of a handshake is cut off. */
    @Override
    public void close() {
        thread.shutdownNow();
    }
}
