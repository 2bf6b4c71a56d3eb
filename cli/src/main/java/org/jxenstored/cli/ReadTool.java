package org.jxenstored.cli;

import org.jxenstored.protocol.Value;

/** {@code xenstore-read}: prints values (C-READ-1 to C-READ-4). */
final class ReadTool implements NodeTool {
    @Override
    public boolean run(Nodes nodes, Invocation invocation, StringBuilder output, Console console) {
        for (String key : invocation.operands()) {
            Value value;
            try {
                value = nodes.read(key);
            } catch (StoreException e) {
                console.message("cannot read " + key + ": " + e.reason());
                return false;
            }
            if (invocation.has(Option.PREFIX)) {
                output.append(key).append(": ");
            }
            if (invocation.has(Option.RAW)) {
                output.append(value.text());
            } else {
                output.append(Escaping.escape(value)).append('\n');
            }
        }
        return true;
    }
}
