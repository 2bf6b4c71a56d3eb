package org.jxenstored.cli;

import java.util.List;

/** {@code xenstore-list}: prints the names of children (C-LIST-1 to C-LIST-3). */
final class ListTool implements NodeTool {
    @Override
    public boolean run(Nodes nodes, Invocation invocation, StringBuilder output, Console console) {
        for (String key : invocation.operands()) {
            List<String> names;
            try {
                names = nodes.directory(key);
            } catch (StoreException e) {
                console.message("cannot list " + key + ": " + e.reason());
                return false;
            }
            for (String name : names) {
                output.append(invocation.has(Option.PREFIX) ? ChildPath.of(key, name) : name)
                        .append('\n');
            }
        }
        return true;
    }
}
