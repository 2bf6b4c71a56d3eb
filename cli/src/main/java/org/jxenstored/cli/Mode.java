package org.jxenstored.cli;

import java.util.Optional;

/** What {@code xenstore} is asked to do: the word after it, or after the dash of {@code xenstore-read} (C-PROG-1). */
enum Mode {
    EXISTS("exists", "", "[-h] [-s] KEY..."),
    LIST("list", "p", "[-h] [-p] [-s] KEY..."),
    READ("read", "pR", "[-h] [-p] [-R] [-s] KEY..."),
    RM("rm", "t", "[-h] [-t] [-s] KEY..."),
    CHMOD("chmod", "ur", "[-h] [-u] [-r] [-s] KEY MODE..."),
    WRITE("write", "R", "[-h] [-R] [-s] KEY VALUE [KEY VALUE]..."),
    LS("ls", "fp", "[-h] [-f] [-p] [-s] [PATH...]"),
    WATCH("watch", "nd", "[-h] [-n COUNT] [-d DEPTH] [-s] KEY...");

    private final String word;
    private final String letters;
    private final String synopsis;

    Mode(String word, String letters, String synopsis) {
        this.word = word;
        this.letters = letters;
        this.synopsis = synopsis;
    }

    String word() {
        return word;
    }

    /** Options and operands, for the usage message. */
    String synopsis() {
        return synopsis;
    }

    /** False if the option exists only for other modes (C-PROG-6). */
    boolean takes(Option option) {
        return option == Option.SOCKET || letters.indexOf(option.letter()) >= 0;
    }

    /** False if operands are missing (C-PROG-7, C-WRITE-1). */
    boolean takesOperands(int count) {
        return switch (this) {
            case LS -> true;
            case WRITE -> count > 0 && count % 2 == 0;
            default -> count > 0;
        };
    }

    /** Whether one transaction goes around the whole run (C-TX-1). */
    boolean runsInTransaction(int operands) {
        return switch (this) {
            case RM, EXISTS, LIST, CHMOD -> true;
            case READ -> operands > 1;
            case WRITE -> operands > 2;
            case LS, WATCH -> false;
        };
    }

    static Optional<Mode> of(String word) {
        for (Mode mode : values()) {
            if (mode.word.equals(word)) {
                return Optional.of(mode);
            }
        }
        return Optional.empty();
    }
}
