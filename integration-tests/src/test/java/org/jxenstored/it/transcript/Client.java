package org.jxenstored.it.transcript;

import java.util.Optional;
import org.jxenstored.protocol.Message;

/** One end of a connection to the store, in the hands of a transcript. */
public interface Client extends AutoCloseable {
    /** Sends bytes, which need not be a whole message. */
    void send(byte[] bytes);

    /** The next message; empty if none comes. */
    Optional<Message> receive();

    /** A message that has come already. */
    Optional<Message> poll();

    /** True if the server ended the connection; waits for it. */
    boolean isClosedByServer();

    /** Leaves what comes where it is. */
    void stopReading();

    void readOn();

    /** Begins a fresh connection on the same ring: what was sent, and what came, is forgotten. */
    void beginAnew();

    /** Puts bytes into the ring without a signal. */
    void whisper(byte[] bytes);

    /** Stores a word of the ring page and signals. */
    void store(RingWord word, int value);

    /** The word of the ring page as soon as it has this value, or what it has when patience ends. */
    int await(RingWord word, int value);

    /** True if the server signalled since the last bytes were sent; waits for it. */
    boolean isSignalled();

    /** A guest's ring is put in order from its own side, whatever was done to its indexes. */
    void mendRing();

    @Override
    void close();
}
