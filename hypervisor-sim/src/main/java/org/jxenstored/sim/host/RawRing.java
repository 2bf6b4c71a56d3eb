package org.jxenstored.sim.host;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import org.jxenstored.protocol.RingPage;

/** A ring page as a hostile guest uses it: any word and any byte can be given any value at any time. */
public final class RawRing {
    /** Offsets of the words in the page, bytes (semantics.md 9.1). */
    public static final int REQUEST_CONSUMER = 2048;

    public static final int REQUEST_PRODUCER = 2052;
    public static final int RESPONSE_CONSUMER = 2056;
    public static final int RESPONSE_PRODUCER = 2060;
    public static final int FEATURES = 2064;
    public static final int CONNECTION = 2068;
    public static final int ERROR = 2072;
    public static final int EVENT_CHANNEL = 2076;

    private static final VarHandle WORD = ValueLayout.JAVA_INT.varHandle();

    private final MemorySegment page;

    RawRing(MemorySegment page) {
        this.page = page;
    }

    /** The 32 bit word at this offset, which is a multiple of 4. */
    public int word(int offset) {
        return (int) WORD.getAcquire(page, (long) offset);
    }

    public void setWord(int offset, int value) {
        WORD.setRelease(page, (long) offset, value);
    }

    /** Puts bytes anywhere in the page, without a thought for the indexes. */
    public void setBytes(int offset, byte... bytes) {
        MemorySegment.copy(bytes, 0, page, ValueLayout.JAVA_BYTE, offset, bytes.length);
    }

    /** A copy of bytes anywhere in the page. */
    public byte[] bytes(int offset, int length) {
        return page.asSlice(offset, length).toArray(ValueLayout.JAVA_BYTE);
    }

    /** Fills the whole page with one byte, words and all. */
    public void fill(byte value) {
        page.asSlice(0, RingPage.SIZE).fill(value);
    }
}
