package org.jxenstored.journal;

import java.nio.ByteBuffer;

/** Bytes that a record of a journal is to hold, wherever they are. */
interface RecordBody {
    int size();

    /** Puts all of them at the buffer's position. */
    void copyTo(ByteBuffer to);
}
