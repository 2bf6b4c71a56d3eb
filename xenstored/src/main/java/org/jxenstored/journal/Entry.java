package org.jxenstored.journal;

/** The first byte of each part of a record: what comes behind it. */
enum Entry {
    /** To a child: its name. */
    DOWN('d'),
    /** To the parent. */
    UP('u'),
    /** The node here: permissions, value. */
    SET('s'),
    /** Back to the root; another value for a node that is there: its path, value. */
    VALUE('v'),
    /** A child goes: its name. */
    REMOVE('r'),
    /** Back to the root, and the permissions of the two special nodes. */
    SPECIAL('@'),
    /** A domain as it is now. */
    DOMAIN('D'),
    /** A domain is forgotten: its domid. */
    FORGOTTEN('F'),
    /** The quotas of new domains. */
    QUOTAS('Q'),
    /** A guest's new watch. */
    WATCHED('W'),
    /** A watch a guest gave up. */
    UNWATCHED('U'),
    /** How far the server is with a ring. */
    RING('R'),
    /** How much further it is than it was last told. */
    RING_STEP('+'),
    /** Which run of the machine it is. */
    BOOT('B');

    private static final Entry[] BY_LETTER = new Entry[128];

    static {
        for (Entry entry : values()) {
            BY_LETTER[entry.letter] = entry;
        }
    }

    private final char letter;

    Entry(char letter) {
        this.letter = letter;
    }

    char letter() {
        return letter;
    }

    static Entry of(int letter) throws DamagedException {
        if (letter < 0 || letter >= BY_LETTER.length || BY_LETTER[letter] == null) {
            throw new DamagedException("there is no entry of type " + letter);
        }
        return BY_LETTER[letter];
    }
}
