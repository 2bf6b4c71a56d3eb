package org.jxenstored.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** A TCP socket with TLS. The server's certificate must be for the host name that was given. */
final class TlsTransport implements Transport {
    private final Socket plain;
    private final SSLSocket socket;
    private final InputStream in;
    private final OutputStream out;

    private TlsTransport(Socket plain, SSLSocket socket) throws IOException {
        this.plain = plain;
        this.socket = socket;
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
    }

    static Transport connect(String host, int port, SSLContext context) throws IOException {
        Socket plain = new Socket(host, port);
        try {
            plain.setTcpNoDelay(true);
            SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, host, port, true);
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return new TlsTransport(plain, socket);
        } catch (IOException | RuntimeException failure) {
            plain.close();
            throw failure;
        }
    }

    @Override
    public int read(ByteBuffer to) throws IOException {
        int count = in.read(to.array(), to.arrayOffset() + to.position(), to.remaining());
        if (count > 0) {
            to.position(to.position() + count);
        }
        return count;
    }

    @Override
    public void write(ByteBuffer messages) throws IOException {
        // An interrupted virtual thread would close the socket if it had to wait in it.
        boolean interrupted = Thread.interrupted();
        try {
            int start = messages.arrayOffset() + messages.position();
            int length = messages.remaining();
            // How far it came is not known if it fails.
            messages.position(messages.limit());
            out.write(messages.array(), start, length);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() {
        // The plain one first: it frees a writer that is stuck and holds the lock TLS would wait for.
        Closing.quietly(plain);
        Closing.quietly(socket);
    }

    @Override
    public boolean readsWithoutAThread() {
        return false;
    }
}
