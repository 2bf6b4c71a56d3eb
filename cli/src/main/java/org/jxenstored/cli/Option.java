package org.jxenstored.cli;

import java.util.List;

/** The options of the tools (clients.md 1.1); which of them a mode takes is up to {@link Mode}. */
enum Option {
    HELP('h', "help"),
    FLAT('f', "flat"),
    PREFIX('p', "prefix"),
    /** Asked for a socket once; now it means nothing (C-PROG-8). */
    SOCKET('s', ""),
    TIDY('t', "tidy"),
    UPTO('u', "upto"),
    RECURSE('r', "recurse"),
    NUMBER('n', "number"),
    DEPTH('d', "depth"),
    RAW('R', "raw");

    static final List<Option> ALL = List.of(values());

    private final char letter;
    private final String longName;

    Option(char letter, String longName) {
        this.letter = letter;
        this.longName = longName;
    }

    char letter() {
        return letter;
    }

    /** The name after two dashes, empty if there is none. */
    String longName() {
        return longName;
    }

    boolean takesArgument() {
        return this == NUMBER || this == DEPTH;
    }
}
