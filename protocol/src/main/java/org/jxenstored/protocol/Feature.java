package org.jxenstored.protocol;

/** What a server can do beyond the first protocol, as bits of the ring page's feature word (protocol.md 6.5). */
public enum Feature {
    /** A guest may ask for a fresh connection through the ring page (S-RING-11). */
    RECONNECTION(0),
    /** The server tells a guest through the ring page why it stopped listening (S-RING-8). */
    ERROR_INDICATOR(1),
    /** WATCH takes a depth (S-DEPTH-1). */
    WATCH_DEPTH(2),
    /** A permission entry may name every domain (S-PERM-9). */
    ANY_DOMAIN_PERMISSION(3);

    /** All of them. */
    public static final int ALL = 0b1111;

    private final int mask;

    Feature(int bit) {
        this.mask = 1 << bit;
    }

    public int mask() {
        return mask;
    }

    /** True if this feature is among those of the word. */
    public boolean in(int features) {
        return (features & mask) != 0;
    }
}
