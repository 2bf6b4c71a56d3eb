package org.jxenstored.daemon;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Reads the command line as the users of other xenstore daemons expect (S-OPT-1). */
final class CommandLineParser {
    private CommandLineParser() {}

    /** What the command line asks for. */
    sealed interface Parsed {
        /**
         * Start the daemon.
         *
         * @param notes what was given and is ignored, one line each
         */
        record Run(DaemonConfig config, List<String> notes) implements Parsed {}

        /** Print this and end with 0. */
        record Help(String text) implements Parsed {}

        /** Print this line and end with 1. */
        record Refused(String message) implements Parsed {}
    }

    static Parsed parse(List<String> arguments, Surroundings surroundings) {
        Options options = new Options();
        CommandLine commandLine = new CommandLine(options)
                .setUnmatchedArgumentsAllowed(true)
                .setOverwrittenOptionsAllowed(true)
                .setAbbreviatedOptionsAllowed(true);
        try {
            List<String> unmatched =
                    commandLine.parseArgs(arguments.toArray(String[]::new)).unmatched();
            if (options.help) {
                return new Parsed.Help(OptionsHelp.text(commandLine));
            }
            List<String> notes = new ArrayList<>();
            for (String argument : unmatched) {
                if (!argument.startsWith("-") || argument.equals("-")) {
                    return new Parsed.Refused("\"" + argument + "\" is not an option; xenstored takes only options, see"
                            + " xenstored --help");
                }
                notes.add("there is no option " + argument + "; it is ignored");
            }
            notes.addAll(withoutEffect(options));
            return new Parsed.Run(new DaemonConfigReader(options, surroundings).read(), notes);
        } catch (ParameterException e) {
            return new Parsed.Refused(e.getMessage() + "; see xenstored --help");
        } catch (BadOptionException e) {
            return new Parsed.Refused(String.valueOf(e.getMessage()));
        }
    }

    /** Options of older daemons that scripts may still pass (S-OPT-2). */
    private static List<String> withoutEffect(Options options) {
        List<String> notes = new ArrayList<>();
        if (options.noDomainInit) {
            notes.add("--no-domain-init (-D) has no effect: domains are always introduced at the start");
        }
        if (options.outputPid) {
            notes.add("--output-pid (-P) has no effect; use --pid-file FILE");
        }
        if (options.noRecovery) {
            notes.add("--no-recovery (-R) has no effect: there is no database file to recover");
        }
        if (options.internalDb != null) {
            notes.add("--internal-db (-I) has no effect: the store is always in memory");
        }
        if (options.verbose) {
            notes.add("--verbose (-V) has no effect; use --log-level debug");
        }
        return notes;
    }
}
