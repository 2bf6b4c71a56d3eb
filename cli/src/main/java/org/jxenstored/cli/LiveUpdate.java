package org.jxenstored.cli;

import java.util.ArrayList;
import java.util.List;
import org.jxenstored.protocol.Value;

/**
 * {@code xenstore-control live-update}: replaces the running server by another program (C-CTL-7, C-CTL-8).
 *
 * <p>The server answers each step with OK or with a reason in plain text.
 */
record LiveUpdate(Store store, Console console, Pause pause) {
    private static final String COMMAND = "live-update";
    private static final String OK = "OK";
    private static final String BUSY = "BUSY";

    /** Only a server in a domain of its own has this node (S-INIT-3). */
    private static final String STUBDOM_MARK = "/tool/xenstored/domid";

    /** Bytes of a kernel that go with one request. */
    private static final int CHUNK = 2048;

    /** Waits for a second. */
    @FunctionalInterface
    interface Pause {
        void oneSecond();
    }

    /** What the server, or the way to it, answered to a step. */
    private record Answer(String text) {
        boolean isOk() {
            return text.equals(OK);
        }
    }

    /** Gives the exit code. */
    int run(LiveUpdateOptions options) {
        boolean inStubdom = isInStubdom();
        Answer binary = inStubdom ? sendKernel(options.file()) : ask(List.of("-f", options.file()));
        if (!binary.isOk()) {
            return fail("the new server was refused", binary, inStubdom);
        }
        if (options.commandLine().isPresent()) {
            Answer commandLine = ask(List.of("-c", options.commandLine().get()));
            if (!commandLine.isOk()) {
                return fail("the command line was refused", commandLine, true);
            }
        }
        Answer started = start(options);
        return started.isOk() ? 0 : fail("the update did not start", started, true);
    }

    private boolean isInStubdom() {
        try {
            store.read(STUBDOM_MARK);
            return true;
        } catch (StoreException e) {
            return false;
        }
    }

    private Answer start(LiveUpdateOptions options) {
        List<String> words = new ArrayList<>();
        words.add("-s");
        words.add("-t");
        words.add(Integer.toUnsignedString(options.seconds()));
        if (options.force()) {
            words.add("-F");
        }
        options.version().ifPresent(version -> {
            words.add("-v");
            words.add(version);
        });
        Answer answer = new Answer(BUSY);
        for (long left = Integer.toUnsignedLong(options.seconds()); left > 0; left--) {
            answer = ask(words);
            if (!answer.text().equals(BUSY)) {
                return answer;
            }
            pause.oneSecond();
        }
        return answer;
    }

    private Answer sendKernel(String file) {
        byte[] kernel;
        try {
            kernel = KernelFile.read(file);
        } catch (KernelFile.UnusableException e) {
            return new Answer(e.reason());
        }
        Answer answer = ask(List.of("-b", Integer.toString(kernel.length)));
        for (int from = 0; answer.isOk() && from < kernel.length; from += CHUNK) {
            Value chunk = Value.copyOf(kernel, from, Math.min(CHUNK, kernel.length - from));
            answer = ask(List.of("-d", Integer.toString(chunk.size())), chunk);
        }
        return answer;
    }

    private Answer ask(List<String> words) {
        return ask(words, Value.EMPTY);
    }

    private Answer ask(List<String> words, Value bytes) {
        List<String> all = new ArrayList<>();
        all.add(COMMAND);
        all.addAll(words);
        try {
            return new Answer(store.control(all, bytes));
        } catch (StoreException e) {
            return new Answer(e.reason());
        }
    }

    private int fail(String what, Answer answer, boolean sessionIsOpen) {
        if (sessionIsOpen) {
            ask(List.of("-a"));
        }
        console.message(what + ":");
        console.messageWithoutName(answer.text());
        return ControlTool.FAILED;
    }
}
