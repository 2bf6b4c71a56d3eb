package org.jxenstored.cli;

/** A request that failed, at the server or on the way to it. The reason is for people. */
final class StoreException extends Exception {
    private final int number;
    private final String reason;

    StoreException(int number, String reason) {
        super(reason, null, false, false);
        this.number = number;
        this.reason = reason;
    }

    /** The errno's number, as {@code xenstore-control} shows it (C-CTL-4). */
    int number() {
        return number;
    }

    String reason() {
        return reason;
    }
}
