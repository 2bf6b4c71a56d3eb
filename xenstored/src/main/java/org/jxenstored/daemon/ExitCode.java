package org.jxenstored.daemon;

import org.jxenstored.hypervisor.Obstacle;

/**
 * What the program ends with, for scripts and service managers.
 *
 * <p>Where the numbers of init scripts (LSB) have a meaning that fits, it is that number, since systemd shows the name of
 * it; 2 is avoided, which shells use for errors of their own.
 */
enum ExitCode {
    DONE(0, "ended by a signal, or another process holds the pid file"),
    FAILED(1, "could not start: the line before says why"),
    UNKNOWN_VERSION(3, "the hypervisor is of a version that this daemon does not know"),
    NO_RIGHTS(4, "this user or this domain may not do what a xenstored does"),
    MISSING_PART(5, "a library, device or kernel module of the hypervisor is missing"),
    NO_HYPERVISOR(7, "this machine does not run on that hypervisor, or it has ended"),
    ALREADY_SERVED(8, "another xenstored serves this host");

    private final int number;
    private final String meaning;

    ExitCode(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    /** What a start ends with that this stands in the way of. */
    static ExitCode of(Obstacle obstacle) {
        return switch (obstacle) {
            case NO_HYPERVISOR -> NO_HYPERVISOR;
            case MISSING_PART -> MISSING_PART;
            case NO_RIGHTS -> NO_RIGHTS;
            case UNKNOWN_VERSION -> UNKNOWN_VERSION;
            case ALREADY_SERVED -> ALREADY_SERVED;
            case OTHER -> FAILED;
        };
    }

    int number() {
        return number;
    }

    /** For people, in a few words. */
    String meaning() {
        return meaning;
    }
}
