package org.jxenstored.cli;

/**
 * A tool that only reads and changes nodes, and so can be repeated as a whole.
 *
 * <p>What it prints is collected, because it is thrown away if the run turns out to be void (C-TX-5).
 */
@FunctionalInterface
interface NodeTool {
    /**
     * Works on the operands in their order, up to the first that fails.
     *
     * @param output collects what goes to stdout
     * @return false if one failed; the console has been told
     */
    boolean run(Nodes nodes, Invocation invocation, StringBuilder output, Console console);

    /** The tool of a mode that has one. */
    static NodeTool of(Mode mode) {
        return switch (mode) {
            case READ -> new ReadTool();
            case WRITE -> new WriteTool();
            case EXISTS -> new ExistsTool();
            case LIST -> new ListTool();
            case RM -> new RmTool();
            case CHMOD -> new ChmodTool();
            case LS, WATCH -> throw new IllegalArgumentException("not a node tool: " + mode);
        };
    }
}
