package org.jxenstored.cli;

/** {@code xenstore-rm}: removes nodes, and parents that became useless (C-RM-1 to C-RM-3). */
final class RmTool implements NodeTool {
    @Override
    public boolean run(Nodes nodes, Invocation invocation, StringBuilder output, Console console) {
        for (String key : invocation.operands()) {
            String path = key;
            try {
                nodes.remove(path);
                if (invocation.has(Option.TIDY)) {
                    for (path = parent(path); isUseless(nodes, path); path = parent(path)) {
                        nodes.remove(path);
                    }
                }
            } catch (StoreException e) {
                console.message("cannot remove " + path + ": " + e.reason());
                return false;
            }
        }
        return true;
    }

    /** What stands before the last slash; empty for children of the root and for paths without a slash. */
    private static String parent(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    /** True for a node without value and children. One that cannot be looked at stays. */
    private static boolean isUseless(Nodes nodes, String path) {
        try {
            return !path.isEmpty()
                    && nodes.read(path).isEmpty()
                    && nodes.directory(path).isEmpty();
        } catch (StoreException e) {
            return false;
        }
    }
}
