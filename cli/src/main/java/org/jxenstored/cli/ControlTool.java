package org.jxenstored.cli;

import java.util.ArrayList;
import java.util.List;
import org.jxenstored.protocol.Errno;
import org.jxenstored.protocol.Value;

/** {@code xenstore-control}: sends a command to the server's CONTROL interface (C-CTL-1 to C-CTL-5). */
record ControlTool(Store store, Console console) {
    static final int CANNOT_CONNECT = 1;
    static final int BAD_USAGE = 2;
    static final int FAILED = 3;

    /** The command of the simulated hypervisor. */
    private static final String SIMULATOR = "sim";

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
                console.message(explain(words, e));
            }
            return FAILED;
        }
    }

    /** An ERROR reply has room for a number only; {@code sim} can be asked for more. */
    private String explain(List<String> words, StoreException failure) {
        if (words.getFirst().equals(SIMULATOR)) {
            List<String> question = new ArrayList<>(List.of(SIMULATOR, "error"));
            question.addAll(words.subList(1, words.size()));
            try {
                return store.control(question, Value.EMPTY);
            } catch (StoreException noAnswer) {
                // The number has to do.
            }
        }
        return "error " + failure.number() + " from '" + words.getFirst() + "': " + failure.reason();
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
