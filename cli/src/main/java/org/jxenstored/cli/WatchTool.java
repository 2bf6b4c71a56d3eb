package org.jxenstored.cli;

import java.util.OptionalInt;

/** {@code xenstore-watch}: prints the path of each event (C-WATCH-1 to C-WATCH-6). */
record WatchTool(Store store, Console console) {

    /** Gives the exit code once the asked number of events has come, which may be never. */
    int run(Invocation invocation) {
        for (String key : invocation.operands()) {
            try {
                watch(key, invocation.depth());
            } catch (StoreException e) {
                console.message("cannot watch " + key + ": " + e.reason());
                return 1;
            }
        }
        int left = invocation.count();
        while (left != 0) {
            try {
                console.print(store.nextEvent() + "\n");
            } catch (StoreException e) {
                console.message("no more events: " + e.reason());
                return 1;
            }
            console.flush();
            if (left > 0) {
                left--;
            }
        }
        return 0;
    }

    private void watch(String key, OptionalInt depth) throws StoreException {
        if (depth.isPresent()) {
            store.watch(key, depth.getAsInt());
        } else {
            store.watch(key);
        }
    }
}
