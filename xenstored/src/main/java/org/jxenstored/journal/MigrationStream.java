package org.jxenstored.journal;

import java.nio.charset.StandardCharsets;

/** The numbers of the migration stream (semantics.md 11.2). */
final class MigrationStream {
    /** "xenstore". */
    static final byte[] IDENT = "xenstore".getBytes(StandardCharsets.US_ASCII);

    static final int VERSION = 2;
    static final int HEADER_SIZE = 16;
    static final int RECORD_HEADER_SIZE = 8;
    static final int ALIGNMENT = 8;

    /** Flag of the header: numbers behind it are big endian. */
    static final int BIG_ENDIAN = 1;

    static final int END = 0;
    static final int NODE_DATA = 5;

    /** Only this project's: all that has no record in the stream, as a {@link ChangeWriter} writes it. Others skip it. */
    static final int JXENSTORED_DATA = 0x6a780001;

    /** Only this project's: CRC32C of all bytes before this record. */
    static final int JXENSTORED_CHECKSUM = 0x6a780002;

    /** Flag of a permission entry that never grants anything. */
    static final int STALE = 1;

    private MigrationStream() {}
}
