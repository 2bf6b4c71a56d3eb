package org.jxenstored.protocol;

import java.util.Optional;

/** What an entry of a permission list grants, with its letter on the wire (P-PERM-1). */
public enum Access {
    NONE('n', false, false),
    READ('r', true, false),
    WRITE('w', false, true),
    BOTH('b', true, true);

    private final char letter;
    private final boolean read;
    private final boolean write;

    Access(char letter, boolean read, boolean write) {
        this.letter = letter;
        this.read = read;
        this.write = write;
    }

    public char letter() {
        return letter;
    }

    public boolean grantsRead() {
        return read;
    }

    public boolean grantsWrite() {
        return write;
    }

    /** The access of this letter, empty if there is none. */
    public static Optional<Access> of(char letter) {
        return switch (letter) {
            case 'n' -> Optional.of(NONE);
            case 'r' -> Optional.of(READ);
            case 'w' -> Optional.of(WRITE);
            case 'b' -> Optional.of(BOTH);
            default -> Optional.empty();
        };
    }
}
