package org.jxenstored.protocol;

/** The sizes the protocol fixes for everybody. */
public final class Limits {
    /** Largest payload in both directions, bytes (P-HDR-3). */
    public static final int PAYLOAD_MAX = 4096;

    /** Longest canonical path for any caller, bytes (P-PATH-12). */
    public static final int ABSOLUTE_PATH_MAX = 3072;

    /** Longest path of a guest below its own home, bytes; the default and ceiling of the path-max quota (P-PATH-11). */
    public static final int RELATIVE_PATH_MAX = 2048;

    /** Largest depth a watch can keep; larger ones are lowered to it (P-WATCH-11). */
    public static final int WATCH_DEPTH_MAX = 65534;

    private Limits() {}
}
