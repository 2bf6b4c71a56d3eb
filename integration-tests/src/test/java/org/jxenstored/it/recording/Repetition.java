package org.jxenstored.it.recording;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A transaction that 4.17 committed and that has to be repeated here: a change that came after its start and before
 * its first look at the changed node is not in the snapshot (S-TX-2), so its commit is EAGAIN.
 *
 * <p>What it was answered before does not matter then. The client repeats it, as all of them do, and the repetition gets
 * what the stock daemon answered at first.
 *
 * @param rule the rule that says so, and the reason
 * @param transaction connection and name, such as {@code xl_51@t51_1}
 */
record Repetition(String rule, String transaction) implements Difference {
    private static final Pattern REQUEST = Pattern.compile("(\\w+)(?:@\\w+)? ([A-Z_0-9]+(?: \\S+)?) => (.*)");
    private static final Pattern ANSWER = Pattern.compile("(\\w+) <= (.*)");
    private static final String EVENT = "event ";

    @Override
    public List<String> in(List<String> lines) {
        Rewriter rewriter = new Rewriter();
        lines.forEach(rewriter::take);
        return rewriter.done ? rewriter.here : List.of();
    }

    /** Goes through the lines and finds the answer of each request of the transaction's connection. */
    private final class Rewriter {
        private final String connection = transaction.substring(0, transaction.indexOf('@'));
        private final String name = transaction.substring(transaction.indexOf('@') + 1);
        private final Deque<String> unanswered = new ArrayDeque<>();
        private final List<String> repeated = new ArrayList<>();
        private final List<String> here = new ArrayList<>();
        private boolean done;

        void take(String line) {
            Matcher request = REQUEST.matcher(line);
            Matcher answer = ANSWER.matcher(line);
            if (request.matches() && request.group(1).equals(connection)) {
                String asked = line.substring(0, request.start(3));
                if (asked.startsWith(transaction + " TRANSACTION_END ")) {
                    here.add(asked + "EAGAIN");
                    here.addAll(repeated);
                    done = true;
                }
                unanswered.add(asked);
                here.add(asked + answers(request.group(3)));
            } else if (answer.matches() && answer.group(1).equals(connection)) {
                here.add(connection + " <= " + answers(answer.group(2)));
            } else {
                here.add(line);
            }
        }

        private String answers(String texts) {
            if (texts.equals("later")) {
                return texts;
            }
            List<String> answers = new ArrayList<>();
            for (String text : texts.split(" \\| ", -1)) {
                answers.add(text.startsWith(EVENT) ? text : answer(unanswered.remove(), text));
            }
            return String.join(" | ", answers);
        }

        private String answer(String asked, String text) {
            if (text.equals("tx " + name)) {
                repeated.add(asked + text);
            } else if (!done && asked.startsWith(transaction + " ")) {
                repeated.add(asked + text);
                return text + " or OK or ENOENT or ={any}";
            }
            return text;
        }
    }
}
