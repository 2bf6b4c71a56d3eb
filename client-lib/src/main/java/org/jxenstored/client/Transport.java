package org.jxenstored.client;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A two-way stream of bytes to the server. One thread reads, and one at a time writes. */
interface Transport {
    /** Waits for bytes and takes at least one; -1 at the end of the stream. */
    int read(ByteBuffer to) throws IOException;

    /**
     * Writes whole messages, all of them, waiting as long as it takes. An interrupt of the calling thread must
     * neither cut a message nor harm the connection, and is still pending afterwards. If it fails, none of the bytes
     * behind the buffer's position have left.
     */
    void write(ByteBuffer messages) throws IOException;

    /** Ends both, also for threads that are waiting in them. Twice does nothing. */
    void close();

    /** True if a waiting {@link #read} holds no thread of the operating system. */
    boolean readsWithoutAThread();
}
