package org.jxenstored.cli;

import java.util.List;
import java.util.Optional;

/**
 * From the name of the program and its arguments to an exit code.
 *
 * @param optionsFirst true if operands end the options, see {@link CommandLine#parse}
 */
record Tools(Console console, Store.Opener opener, LiveUpdate.Pause pause, boolean optionsFirst) {
    private static final String PROGRAM = "xenstore";
    private static final String CONTROL = "xenstore-control";
    private static final String MODES = "there are exists, list, read, rm, chmod, write, ls, watch";

    /** Gives the exit code (clients.md 1.2). */
    int run(List<String> words) {
        String program = console.program();
        if (program.equals(CONTROL)) {
            return control(words);
        }
        if (program.startsWith(PROGRAM + "-")) {
            return mode(program.substring(PROGRAM.length() + 1), program, words);
        }
        if (words.isEmpty()) {
            console.message("Usage: " + program + " MODE [-h] [...]; " + MODES);
            return 1;
        }
        return mode(words.getFirst(), program + " " + words.getFirst(), words.subList(1, words.size()));
    }

    private int mode(String word, String calledAs, List<String> words) {
        Optional<Mode> mode = Mode.of(word);
        if (mode.isEmpty()) {
            console.message("there is no mode '" + word + "'; " + MODES);
            return 1;
        }
        return switch (Invocation.of(mode.get(), CommandLine.parse(words, optionsFirst), calledAs, console)) {
            case Understood.UsageShown usage -> usage.exitCode();
            case Invocation invocation -> run(invocation);
        };
    }

    private int run(Invocation invocation) {
        try (Store store = opener.open()) {
            return run(store, invocation);
        } catch (StoreException e) {
            console.message(e.reason());
            return 1;
        }
    }

    private int run(Store store, Invocation invocation) {
        return switch (invocation.mode()) {
            case LS -> LsTool.of(store, invocation, console).run(invocation.operands());
            case WATCH -> new WatchTool(store, console).run(invocation);
            default -> new NodeToolRunner(store, NodeTool.of(invocation.mode()), invocation, console).run();
        };
    }

    private int control(List<String> words) {
        if (words.isEmpty()) {
            console.messageWithoutName("Usage: " + CONTROL + " COMMAND [ARG...]");
            return ControlTool.BAD_USAGE;
        }
        try (Store store = opener.open()) {
            if (!words.getFirst().equals("live-update")) {
                return new ControlTool(store, console).run(words);
            }
            Optional<LiveUpdateOptions> options = LiveUpdateOptions.parse(words.subList(1, words.size()), console);
            return options.isEmpty() ? ControlTool.BAD_USAGE : new LiveUpdate(store, console, pause).run(options.get());
        } catch (StoreException e) {
            console.message(e.reason());
            return ControlTool.CANNOT_CONNECT;
        }
    }
}
