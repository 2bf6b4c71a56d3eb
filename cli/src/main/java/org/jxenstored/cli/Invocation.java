package org.jxenstored.cli;

import java.util.EnumSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * One legal call of a mode.
 *
 * @param options those given
 * @param count events to wait for; below 0 without end
 * @param depth of watches, empty for all depths
 * @param operands keys and what belongs to them, as typed
 */
record Invocation(Mode mode, Set<Option> options, int count, OptionalInt depth, List<String> operands)
        implements Understood {
    private static final int WITHOUT_END = -1;

    boolean has(Option option) {
        return options.contains(option);
    }

    /**
     * Understands the words after the mode, in their order, and tells the user of mistakes on the way.
     *
     * @param calledAs what the user typed to get this mode, for the usage message
     * @return the call, or that the usage message was all there was to do (C-PROG-6, C-PROG-7)
     */
    static Understood of(Mode mode, CommandLine line, String calledAs, Console console) {
        Set<Option> options = EnumSet.noneOf(Option.class);
        int count = WITHOUT_END;
        OptionalInt depth = OptionalInt.empty();
        for (CommandLine.Finding finding : line.findings()) {
            if (finding instanceof CommandLine.Mistake mistake) {
                console.message(mistake.message());
            } else if (finding instanceof CommandLine.Given given) {
                if (!mode.takes(given.option())) {
                    return usage(mode, calledAs, console, given.option() == Option.HELP ? 0 : 1);
                }
                options.add(given.option());
                if (given.option() == Option.NUMBER) {
                    count = LenientNumber.parse(given.argument());
                } else if (given.option() == Option.DEPTH) {
                    depth = OptionalInt.of(LenientNumber.parse(given.argument()));
                }
            }
        }
        return mode.takesOperands(line.operands().size())
                ? new Invocation(mode, options, count, depth, line.operands())
                : usage(mode, calledAs, console, 1);
    }

    private static Understood usage(Mode mode, String calledAs, Console console, int exitCode) {
        console.message("Usage: " + calledAs + " " + mode.synopsis());
        return new UsageShown(exitCode);
    }
}
