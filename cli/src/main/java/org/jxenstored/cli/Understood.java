package org.jxenstored.cli;

/** What became of the words of a command line. */
sealed interface Understood permits Invocation, Understood.UsageShown {
    /** The usage message was asked for, or all there was to say. */
    record UsageShown(int exitCode) implements Understood {}
}
