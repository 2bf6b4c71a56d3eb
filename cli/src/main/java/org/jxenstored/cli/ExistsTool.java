package org.jxenstored.cli;

/** {@code xenstore-exists}: says by its exit code whether all keys can be read (C-EX-1). */
final class ExistsTool implements NodeTool {
    @Override
    public boolean run(Nodes nodes, Invocation invocation, StringBuilder output, Console console) {
        for (String key : invocation.operands()) {
            try {
                nodes.read(key);
            } catch (StoreException e) {
                return false;
            }
        }
        return true;
    }
}
