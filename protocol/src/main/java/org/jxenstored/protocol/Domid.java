package org.jxenstored.protocol;

import java.util.OptionalInt;

/** Domain ids: 16 bit numbers, of which those from 0x7FF0 on name no ordinary domain (L-ID-1). */
public final class Domid {
    /** The control domain of an ordinary host. */
    public static final int DOM0 = 0;

    /** First id that is not an ordinary domain. */
    public static final int FIRST_RESERVED = 0x7ff0;

    /** "Myself", whoever says it. */
    public static final int SELF = FIRST_RESERVED;

    /** No domain. */
    public static final int INVALID = 0x7ff4;

    /** In a permission list: every domain (P-PERM-3). */
    public static final int ANY = 0x7ff5;

    /** Largest number that parses as a domid. */
    public static final int MAX = 65535;

    private Domid() {}

    /** One to five digits, at most 65535; empty otherwise (P-NUM-1). */
    public static OptionalInt parse(String text) {
        return text.length() > 5 ? OptionalInt.empty() : Numbers.decimalInt(text, MAX);
    }

    /** True for ids that an ordinary domain can have (L-ID-4). */
    public static boolean isOrdinary(int domid) {
        return domid >= 0 && domid < FIRST_RESERVED;
    }
}
