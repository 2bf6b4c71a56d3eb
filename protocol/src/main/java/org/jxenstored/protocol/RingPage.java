package org.jxenstored.protocol;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/**
 * The page that a guest shares with the server (S-RING, section 9.1): two byte streams and four words.
 *
 * <p>Guest memory: whatever is read from it may change between two looks.
 */
public final class RingPage {
    /** Bytes of the page. */
    public static final int SIZE = 4096;

    /** Values of the connection word. */
    public static final int CONNECTED = 0;

    public static final int RECONNECT = 1;

    /** Values of the error word (S-RING-8). */
    public static final int ERROR_NONE = 0;

    public static final int ERROR_COMMUNICATION = 1;
    public static final int ERROR_BAD_INDEX = 2;
    public static final int ERROR_PROTOCOL = 3;

    private static final long REQUEST_DATA = 0;
    private static final long RESPONSE_DATA = 1024;
    private static final long REQUEST_CONSUMER = 2048;
    private static final long REQUEST_PRODUCER = 2052;
    private static final long RESPONSE_CONSUMER = 2056;
    private static final long RESPONSE_PRODUCER = 2060;
    private static final long FEATURES = 2064;
    private static final long CONNECTION = 2068;
    private static final long ERROR = 2072;
    private static final long EVENT_CHANNEL = 2076;

    private static final VarHandle WORD = ValueLayout.JAVA_INT.varHandle();

    private final MemorySegment page;
    private final RingStream requests;
    private final RingStream responses;

    /**
     * A view of a mapped page.
     *
     * @param page at least {@link #SIZE} bytes, aligned to 4
     */
    public RingPage(MemorySegment page) {
        this.page = page.asSlice(0, SIZE);
        this.requests = new RingStream(this.page, REQUEST_DATA, REQUEST_CONSUMER, REQUEST_PRODUCER);
        this.responses = new RingStream(this.page, RESPONSE_DATA, RESPONSE_CONSUMER, RESPONSE_PRODUCER);
    }

    /** From guest to server. */
    public RingStream requests() {
        return requests;
    }

    /** From server to guest. */
    public RingStream responses() {
        return responses;
    }

    /** The features the server offers, see {@link Feature}. */
    public int features() {
        return word(FEATURES);
    }

    public void setFeatures(int features) {
        setWord(FEATURES, features);
    }

    /** {@link #CONNECTED} or {@link #RECONNECT}; any other value is the guest's fault. */
    public int connection() {
        return word(CONNECTION);
    }

    public void setConnection(int connection) {
        setWord(CONNECTION, connection);
    }

    public int error() {
        return word(ERROR);
    }

    public void setError(int error) {
        setWord(ERROR, error);
    }

    /** The guest's event channel as Xen preset it, or 0 (P-INTRO-6). */
    public int eventChannel() {
        return word(EVENT_CHANNEL);
    }

    public void setEventChannel(int port) {
        setWord(EVENT_CHANNEL, port);
    }

    /**
     * True if both pages show the same in what the server writes: its indexes, features, error and responses. Two
     * mappings of one page do; the pages of two domains hardly ever do, since a fresh one shows nothing.
     */
    public boolean hasSameServerSideAs(RingPage other) {
        return word(REQUEST_CONSUMER) == other.word(REQUEST_CONSUMER)
                && word(RESPONSE_PRODUCER) == other.word(RESPONSE_PRODUCER)
                && features() == other.features()
                && error() == other.error()
                && page.asSlice(RESPONSE_DATA, RingStream.CAPACITY)
                                .mismatch(other.page.asSlice(RESPONSE_DATA, RingStream.CAPACITY))
                        < 0;
    }

    private int word(long offset) {
        return (int) WORD.getAcquire(page, offset);
    }

    private void setWord(long offset, int value) {
        WORD.setRelease(page, offset, value);
    }
}
