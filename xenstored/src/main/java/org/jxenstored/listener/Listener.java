package org.jxenstored.listener;

/** One address that is being served. */
public interface Listener extends AutoCloseable {
    /** What was bound; the port is the real one where the system chose it. */
    ListenAddress address();

    /** Stops accepting. Connections stay. Closing twice does nothing. */
    @Override
    void close();
}
