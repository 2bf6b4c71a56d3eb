package org.jxenstored.benchmarks.differential;

/**
 * The transaction a request names. Each daemon chooses its own ids, so one that lives is named by a handle.
 *
 * @param isHandle whether the number is the handle that a TRANSACTION_START of the sequence gave, else what is sent
 */
record TransactionRef(boolean isHandle, int number) {
    static final TransactionRef NONE = new TransactionRef(false, 0);

    static TransactionRef handle(int number) {
        return new TransactionRef(true, number);
    }

    /** {@code -} for none, {@code tN} for a handle, {@code #N} for a bare number. */
    static TransactionRef of(String word) {
        return switch (word.charAt(0)) {
            case '-' -> NONE;
            case 't' -> handle(Integer.parseInt(word.substring(1)));
            case '#' -> new TransactionRef(false, Integer.parseUnsignedInt(word.substring(1)));
            default -> throw new IllegalArgumentException("'" + word + "' is no transaction: it is -, tN or #N");
        };
    }

    @Override
    public String toString() {
        if (isHandle) {
            return "t" + number;
        }
        return number == 0 ? "-" : "#" + Integer.toUnsignedString(number);
    }
}
