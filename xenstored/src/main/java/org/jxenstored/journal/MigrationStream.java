package org.jxenstored.journal;

import java.nio.charset.StandardCharsets;

/**
 * The numbers of the migration stream (semantics.md 11.2), and of the records that only snapshots of this project have.
 *
 * <p>The bodies of these, in the order of the stream as all others:
 *
 * <ul>
 *   <li>{@link #JXENSTORED_SNAPSHOT}, the first record: u32 {@link #LAYOUT}, u32 length of the boot's name or 0, the name.
 *   <li>{@link #JXENSTORED_RING}, once for the CONNECTION_DATA of a ring that is served: u32 conn-id, u32 remote port, u64
 *       number, u64 gfn, u32 index of requests, u32 index of responses, u32 flags, u32 zero; see {@link RingImage}.
 *   <li>{@link #JXENSTORED_DOMAIN}, once for each DOMAIN_DATA: u16 domid, u8 letter of the standing, u8 flags, i32 target or
 *       -1, u64 serial, u64 unique id or 0; see {@link org.jxenstored.domain.DomainImage}.
 *   <li>{@link #JXENSTORED_CHECKSUM}, before END: u64 CRC32C of all bytes before this record.
 * </ul>
 */
final class MigrationStream {
    /** "xenstore". */
    static final byte[] IDENT = "xenstore".getBytes(StandardCharsets.US_ASCII);

    static final int VERSION = 2;
    static final int RECORD_HEADER_SIZE = 8;

    /** Flag of the header: numbers behind it are big endian. */
    static final int BIG_ENDIAN = 1;

    static final int END = 0;
    static final int GLOBAL_DATA = 1;
    static final int CONNECTION_DATA = 2;
    static final int WATCH_DATA = 3;
    static final int NODE_DATA = 5;
    static final int GLOBAL_QUOTA_DATA = 6;
    static final int DOMAIN_DATA = 7;
    static final int WATCH_DATA_EXTENDED = 8;

    static final int JXENSTORED_CHECKSUM = 0x6a780002;
    static final int JXENSTORED_SNAPSHOT = 0x6a780003;
    static final int JXENSTORED_RING = 0x6a780004;
    static final int JXENSTORED_DOMAIN = 0x6a780005;

    /** Which records a snapshot must have, and what is in those of this project. The first layout is not read any more. */
    static final int LAYOUT = 2;

    /** Of GLOBAL_DATA: the descriptor is not handed over. */
    static final int NO_DESCRIPTOR = -1;

    /** Kind of a connection. */
    static final int RING = 0;

    /** Flag of CONNECTION_DATA. */
    static final int HAS_UNIQUE_ID = 1;

    /** Of CONNECTION_DATA, for the local port. */
    static final int NO_PORT = 0;

    /** Of WATCH_DATA_EXTENDED. */
    static final int NO_DEPTH = 0xffff;

    /** Flag of a permission entry that never grants anything. */
    static final int STALE = 1;

    /** Flags of JXENSTORED_RING. */
    static final int IGNORED = 1;

    static final int CLEARS = 2;

    /** Flags of JXENSTORED_DOMAIN. */
    static final int INTRODUCED = 1;

    static final int SHUTDOWN_REPORTED = 2;

    private MigrationStream() {}
}
