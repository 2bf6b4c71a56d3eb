package org.jxenstored.cli;

import java.util.List;
import org.jxenstored.protocol.Value;

/** {@code xenstore-write}: writes values (C-WRITE-2 to C-WRITE-4). */
final class WriteTool implements NodeTool {
    @Override
    public boolean run(Nodes nodes, Invocation invocation, StringBuilder output, Console console) {
        List<String> operands = invocation.operands();
        for (int i = 0; i < operands.size(); i += 2) {
            String key = operands.get(i);
            String argument = operands.get(i + 1);
            Value value = invocation.has(Option.RAW) ? Value.of(argument) : Escaping.unescape(argument);
            try {
                nodes.write(key, value);
            } catch (StoreException e) {
                console.message("cannot write " + key + ": " + e.reason());
                return false;
            }
        }
        return true;
    }
}
