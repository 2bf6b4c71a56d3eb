package org.jxenstored.cli;

import java.util.List;
import org.jxenstored.protocol.Errno;
import org.jxenstored.protocol.Value;

/** {@code xenstore-control}: sends a command to the server's CONTROL interface (C-CTL-1 to C-CTL-5). */
record ControlTool(Store store, Console console) {
    static final int CANNOT_CONNECT = 1;
    static final int BAD_USAGE = 2;
    static final int FAILED = 3;

    /** Gives the exit code. */
    int run(List<String> words) {
        try {
            String reply = store.control(words, Value.EMPTY);
            if (!reply.isEmpty()) {
                console.print(reply + "\n");
            }
            return 0;
        } catch (StoreException e) {
            if (e.number() == Errno.EINVAL.number()) {
                showHelp(words.getFirst());
            } else {
                console.message("error " + e.number() + " from '" + words.getFirst() + "': " + e.reason());
            }
            return FAILED;
        }
    }

    private void showHelp(String command) {
        try {
            String help = store.control(List.of("help"), Value.EMPTY);
            console.message("the server does not understand '" + command + "' like this. It knows:");
            console.messageWithoutName(help);
        } catch (StoreException e) {
            console.message("the server does not understand '" + command + "' like this, nor 'help': " + e.reason());
        }
    }
}
