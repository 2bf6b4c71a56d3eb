package org.jxenstored.cli;

/** Runs a {@link NodeTool}, in a transaction where the mode asks for one (C-TX-1 to C-TX-5). */
record NodeToolRunner(Store store, NodeTool tool, Invocation invocation, Console console) {

    /** Gives the exit code. */
    int run() {
        if (!invocation.mode().runsInTransaction(invocation.operands().size())) {
            StringBuilder output = new StringBuilder();
            boolean succeeded = tool.run(store, invocation, output, console);
            return finish(succeeded, output);
        }
        while (true) {
            Store.Transaction transaction;
            try {
                transaction = store.transaction();
            } catch (StoreException e) {
                console.message("cannot start a transaction: " + e.reason());
                return 1;
            }
            StringBuilder output = new StringBuilder();
            boolean succeeded = tool.run(transaction, invocation, output, console);
            try {
                if (!succeeded) {
                    transaction.abort();
                } else if (!transaction.commit()) {
                    continue;
                }
            } catch (StoreException e) {
                console.message("cannot end the transaction: " + e.reason());
                return 1;
            }
            return finish(succeeded, output);
        }
    }

    private int finish(boolean succeeded, StringBuilder output) {
        console.print(output.toString());
        return succeeded ? 0 : 1;
    }
}
